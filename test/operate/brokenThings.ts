import { join } from 'node:path';
import { azureKeyVaultWrap, type MasterKeyWrap } from '../../src/masterKey.ts';
import type { SandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { guards } from '../../src/storage/audit/guards.ts';

/** What is broken in a tenant in which all else is well. */
export type Broken = {
  settings?: Record<string, string>;
  /** Entra's refusal, of the sign-in to Teams or to Graph. */
  refusal?: { of: 'Teams' | 'Graph'; words: string };
  clock?: Temporal.DurationLike;
  graph?: (graph: SandboxGraph) => void;
  /** Answers in Graph's place, where it answers at all. */
  instead?: (path: string) => object | null;
  sql?: [breaks: string, mends: string];
  keyVault?: MasterKeyWrap;
};

const refused = (method: string, path: string) => (graph: SandboxGraph) =>
  graph.misbehave({ method, path, what: 'refused', status: 403, code: 'ErrorAccessDenied', times: 1 });

const guard = guards[0]!;

/**
 * Each single thing that can be broken, the line with which the doctor names it, and its cure. `pem` is a certificate that runs out soon; `withText`
 * changes the directory file.
 */
export function brokenThings({
  folder,
  pem,
  withText,
}: {
  folder: string;
  pem: string;
  withText: (from: string | RegExp, to: string) => string;
}): [what: string, Broken, line: RegExp, cure: RegExp][] {
  return [
    [
      "the bot's secret has run out",
      { refusal: { of: 'Teams', words: 'AADSTS7000222: keys are expired.' } },
      /^Sign-in to Teams: fault: .*run out/,
      /new secret/,
    ],
    [
      "the bot's secret is wrong",
      { refusal: { of: 'Teams', words: 'AADSTS7000215: Invalid client secret.' } },
      /^Sign-in to Teams: fault: .*wrong/,
      /not its id/,
    ],
    [
      'the tenant knows no such app',
      { refusal: { of: 'Teams', words: 'AADSTS700016: not found' } },
      /^Sign-in to Teams: fault: .*no such app/,
      /app id/,
    ],
    [
      'the federated credential is for another',
      { refusal: { of: 'Teams', words: 'AADSTS700213: No match' } },
      /^Sign-in to Teams: fault: .*no such identity/,
      /subject/,
    ],
    [
      'there is no way to the sign-in address',
      { refusal: { of: 'Teams', words: 'getaddrinfo ENOTFOUND' } },
      /^Sign-in to Teams: fault: no token/,
      /login\.microsoftonline\.com/,
    ],
    [
      'the certificate runs out soon',
      { settings: { MicrosoftAppPassword: '', MicrosoftAppCertificatePath: pem } },
      /^The bot's credential: warning: it runs out on/,
      /new one/,
    ],
    [
      'the secret runs out soon',
      {
        instead: (path) =>
          path.includes('/applications')
            ? { passwordCredentials: [{ endDateTime: Temporal.Now.instant().add({ hours: 100 }).toString() }] }
            : null,
      },
      /^The bot's credential: warning: it runs out on .*, in 4 days/,
      /new one/,
    ],
    [
      'the signing keys cannot be fetched',
      { settings: { BotOpenIdMetadata: 'http://127.0.0.1:65530/' } },
      /^(Signing keys of Teams|Clock): fault: .*ECONNREFUSED/,
      /the way to it/,
    ],
    [
      'the calendar may not be written',
      { graph: refused('GET', '/calendar') },
      /^Calendar of camden: fault: Graph refuses it/,
      /Application Calendars\.ReadWrite/,
    ],
    [
      'the calendar offers no Teams meeting',
      { instead: (path) => (path.includes('/calendar?') ? { allowedOnlineMeetingProviders: [] } : null) },
      /^Calendar of \w+: warning: .*without a Teams link/,
      /licence with Teams/,
    ],
    [
      'a mailbox is not there',
      { settings: { DIRECTORY_FILE: withText('mailbox: conferences@camden', 'mailbox: nobody@camden') } },
      /^(Calendar|Free\/busy|Mail) of camden: fault: Graph answered 404/,
      /directory file/,
    ],
    ['mail may not be sent', { graph: refused('POST', '/sendMail') }, /^Mail of camden: fault: Graph refuses it/, /Application Mail\.Send/],
    [
      'free/busy may not be read',
      { graph: refused('POST', '/getSchedule') },
      /^Free\/busy of camden: (fault: Graph refuses it|warning: it cannot be read for \d+ of \d+ people)/,
      /calendar|free\/busy/,
    ],
    [
      'the library may not be opened',
      { graph: refused('GET', '/drives/') },
      /^Library of camden: fault: Graph refuses it/,
      /Sites\.Selected/,
    ],
    [
      'the library is not there',
      { graph: (graph) => graph.misbehave({ method: 'GET', path: '/drives/', what: 'refused', status: 404 }) },
      /^Library of camden: fault: Graph answered 404/,
      /libraries/,
    ],
    [
      'people may not be looked up',
      { graph: refused('GET', '/users/00000000') },
      /^People who are not in the directory file: warning/,
      /User\.Read\.All/,
    ],
    [
      'the database is not there',
      { settings: { DATABASE_URL: 'postgresql://dissent@127.0.0.1:1/none' } },
      /^Database: fault: it cannot be reached \(ECONNREFUSED\)/,
      /DATABASE_URL/,
    ],
    [
      'the master key is another',
      { settings: { MASTER_KEY: Buffer.alloc(32, 'other').toString('base64') } },
      /^Master key: fault: it does not open/,
      /MASTER_KEY/,
    ],
    [
      'the key vault does not unwrap the master key',
      {
        settings: {
          MASTER_KEY: Buffer.alloc(256, 'wrapped').toString('base64'),
          MASTER_KEY_VAULT: `https://v.example/keys/dissent/${'0'.repeat(32)}`,
        },
        keyVault: azureKeyVaultWrap(
          `https://127.0.0.1:1/keys/dissent/${'0'.repeat(32)}`,
          { getToken: async () => null },
          { retryOptions: { maxRetries: 0 } },
        ),
      },
      /^Key vault: fault: The key vault did not unwrap/,
      /identity may wrap and unwrap/,
    ],
    [
      'a guard is switched off',
      {
        sql: [`ALTER TABLE ${guard.table} DISABLE TRIGGER ${guard.name}`, `ALTER TABLE ${guard.table} ENABLE ALWAYS TRIGGER ${guard.name}`],
      },
      /^Guards of the evidence: fault: /,
      /verify-audit/,
    ],
    [
      'somebody lacks the app',
      {
        sql: [
          "UPDATE conversation SET person = 'away' WHERE person = 'midwife'",
          "UPDATE conversation SET person = 'midwife' WHERE person = 'away'",
        ],
      },
      /^Who has the app: warning: .*1 of \d+ people: midwife\./,
      /setup policy/,
    ],
    [
      'the directory file has a fault',
      { settings: { DIRECTORY_FILE: withText('kind: statutory', 'kind: charity') } },
      /^Directory and procedures: fault: .*agencies\.[\w-]+\.kind/,
      /directory -- check/,
    ],
    [
      'the procedures are not there',
      { settings: { PROCEDURES_DIR: join(folder, 'nowhere') } },
      /^Directory and procedures: fault: .*nowhere/,
      /Mend that place/,
    ],
  ];
}
