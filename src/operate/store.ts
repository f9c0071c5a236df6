import type { Found } from '../app/health.ts';
import type { Directory } from '../directory/directory.ts';
import { codeOf, fault, type Look, warning, well } from './doctor.ts';

/** The store as its database tells it. */
export type StoreState = {
  /** The server's version, such as 15. */
  version: number;
  encrypted: boolean;
  role: string;
  /** Whether the role may make tables, and whether they are made. */
  mayMake: boolean;
  made: boolean;
  /** What the role could do to evidence beyond reading and adding, and what ails the guards, in a sentence; null where nothing does. */
  excess: string | null;
  guards: string | null;
  /** Whether the master key opens the store, null where none is at hand. */
  opens: boolean | 'nothing sealed' | null;
  /** The people whom the bot has a chat with. */
  reached: string[];
};

const OLDEST = 13;
const NO_WAY = 'Check DATABASE_URL: the server, its port and the way there.';
const CURES: Record<string, string> = {
  '28P01': 'Check the password in DATABASE_URL; special characters are written as %..',
  '28000': 'Have pg_hba.conf of the server let this role in from this machine.',
  '3D000': 'Make the database that DATABASE_URL names (step 4).',
  ENOTFOUND: 'Check the name of the server in DATABASE_URL.',
  SELF_SIGNED_CERT_IN_CHAIN: "Name the authority that signed the server's certificate: sslrootcert=/path/ca.pem in DATABASE_URL.",
};

/** The looks at the store; `hasOwner` says that another role makes the tables (DATABASE_OWNER_URL). */
export function storeLooks(state: Promise<StoreState>, directory: Directory | null, hasOwner: boolean): Look[] {
  state.catch(() => {});
  const unreached = (cause: unknown): Found => fault(`it cannot be reached (${codeOf(cause)}).`, CURES[codeOf(cause)] ?? NO_WAY);
  /** Once the database has been reached; that it cannot be is told once. */
  const then = (name: string, at: (state: StoreState) => Found | Found[]): Look => ({
    name,
    at: () => state.then(at, () => []),
  });
  return [
    {
      name: 'Database',
      at: () =>
        state.then(({ version, role, encrypted }) => {
          if (version < OLDEST) return fault(`PostgreSQL ${version} is too old.`, `Use PostgreSQL ${OLDEST} or later.`);
          if (encrypted) return well(`PostgreSQL ${version} is reached as ${role}.`);
          return warning(
            `PostgreSQL ${version} is reached as ${role}, and the way there is not encrypted.`,
            'Add sslmode=verify-full to DATABASE_URL (step 4).',
          );
        }, unreached),
    },
    then('Tables', ({ made, mayMake }) => {
      if (made) return well('they are made.');
      if (hasOwner) return warning('they are not made yet.', 'Run npm run migrate, or start the program.');
      return mayMake
        ? well('they are made at the first start.')
        : fault('they are not made, and this role may not make them.', 'ALTER DATABASE ... OWNER TO the role (step 4).');
    }),
    then('Guards of the evidence', ({ made, guards, excess }) => {
      if (!made) return [];
      if (guards !== null) return fault(guards, 'Stop the program, touch nothing, and run npm run verify-audit.');
      return excess === null
        ? well('they stand, and the role can neither change nor delete.')
        : warning(excess, 'Use roles of their own (step 4).');
    }),
    then('Master key', ({ opens }) => {
      if (opens === null) return [];
      if (opens === 'nothing sealed') return well('nothing is sealed yet.');
      return opens
        ? well('it opens the store.')
        : fault('it does not open this store.', 'Set the MASTER_KEY that the store was made with.');
    }),
    then('Who has the app', ({ made, reached }) => {
      if (!made || directory === null) return [];
      const without = directory.people.filter(({ id }) => !reached.includes(id)).map(({ id }) => id);
      if (without.length === 0) return well('the bot has a chat with everybody in the directory file.');
      return warning(
        `the bot has no chat yet with ${without.length} of ${directory.people.length} people: ${without.join(', ')}.`,
        'Install the app for them by a setup policy (step 8); a chat is opened when they are first told of something.',
      );
    }),
  ];
}
