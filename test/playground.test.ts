import { expect, test } from '@jest/globals';
import { playgroundConfiguration } from '../scripts/playground.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';

const { people } = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();

type User = { id: string; aadObjectId: string; email: string };
type Written = { version: string; currentUser: User; users: User[]; personalChat: { id: string } };

test.each(people.map((person) => [person.id, person] as const))(
  'the local client can be %s: five others, and every id the object id',
  (_id, person) => {
    const written = playgroundConfiguration(people, person) as Written;
    const users = [written.currentUser, ...written.users];
    expect(written.version).toBe('0.1.1');
    expect(written.currentUser).toMatchObject({ aadObjectId: person.aadObjectId, email: person.email });
    expect(new Set(users.map(({ id }) => id)).size).toBe(6);
    expect(users.filter(({ id, aadObjectId }) => id !== aadObjectId)).toEqual([]);
  },
);

test('every start is a chat of its own, since the client forgets its messages when it stops', () => {
  const chats = [...people, ...people].map((person) => (playgroundConfiguration(people, person) as Written).personalChat.id);
  expect(new Set(chats).size).toBe(2 * people.length);
});
