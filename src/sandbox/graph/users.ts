import { createHash } from 'node:crypto';
import type { User as GraphUser } from '@microsoft/microsoft-graph-types';
import { type Operation, page, refuse, selected } from './operation.ts';

/** A user of the sandbox's tenant; `person` is their id in the directory, null for a shared mailbox and for a room's. */
export type User = { id: string; person: string | null; name: string; email: string; jobTitle: string | null; room?: true };

/** The users of the sandbox's tenant. */
export type Users = {
  all: User[];
  /** By object id, sign-in name or address, whatever the case. */
  find(key: string): User | null;
};

/** The tenant's users: the people of the directory, the shared mailboxes that conferences are booked from, and rooms. */
export function usersOf(
  people: { id: string; name: string; email: string; aadObjectId: string; role?: string }[],
  mailboxes: string[],
  rooms: { name: string; mailbox: string }[] = [],
): Users {
  const all: User[] = [
    ...people.map((person) => ({
      id: person.aadObjectId.toLowerCase(),
      person: person.id,
      name: person.name,
      email: person.email,
      jobTitle: person.role ?? null,
    })),
    ...mailboxes.map((email) => ({ id: lastingGuid(email), person: null, name: 'Shared mailbox', email, jobTitle: null })),
    ...rooms.map(({ name, mailbox }) => ({
      id: lastingGuid(mailbox),
      person: null,
      name,
      email: mailbox,
      jobTitle: null,
      room: true as const,
    })),
  ];
  const byKey = new Map(all.flatMap((user) => [user.id, user.email.toLowerCase()].map((key) => [key, user] as const)));
  return { all, find: (key) => byKey.get(key.toLowerCase()) ?? null };
}

/** `GET /users` and `GET /users/{id}`. Of `$filter` only equality on an address or id is known. */
export function userOperations(users: Users): Operation[] {
  return [
    {
      method: 'GET',
      path: '/users',
      answer(request) {
        const filter = request.query.get('$filter');
        const equal = /^(mail|userPrincipalName|id) eq '([^']*)'$/.exec(filter ?? '');
        if (filter && !equal) return refuse(400, 'BadRequest', 'This filter is not known to the sandbox.');
        const found = equal ? [users.find(equal[2] ?? '')].filter((user) => user !== null) : users.all;
        return page(request, found.map(shown), 100);
      },
    },
    {
      method: 'GET',
      path: '/users/{user}',
      answer(request, { user: key = '' }) {
        const user = users.find(key);
        return user
          ? { status: 200, body: selected(request, shown(user)) }
          : refuse(404, 'Request_ResourceNotFound', 'The resource does not exist.');
      },
    },
  ];
}

function shown(user: User): GraphUser {
  return { id: user.id, displayName: user.name, mail: user.email, userPrincipalName: user.email, jobTitle: user.jobTitle };
}

function lastingGuid(text: string): string {
  return createHash('sha256')
    .update(text.toLowerCase())
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
