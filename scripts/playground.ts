import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { ConfigurationFault, readConfig } from '../src/config.ts';
import type { Person } from '../src/directory/directory.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';

/**
 * Starts Microsoft's local client as one of the sandbox's people, beside a running `npm start`. It is never a dependency:
 * npx fetches it for whoever accepts its licence. Started several times, it is several people.
 */

const CLIENT = '@microsoft/m365agentsplayground@0.2.28';
const LICENCE = `${CLIENT} is Microsoft's, under a pre-release licence for evaluation only (LICENSE in the package).`;
/** The client's own rule: so many others beside the person it is, neither more nor fewer. */
const OTHERS = 5;

/** `userPrincipleName` is spelt as the client spells it. */
const userOf = ({ name, email, aadObjectId }: Person) => {
  const [givenName = name, ...rest] = name.split(' ');
  return { id: aadObjectId, aadObjectId, name, givenName, surname: rest.join(' '), email, userPrincipleName: email };
};

/**
 * The client's configuration (its version 0.1.1) for being one person among colleagues of the same partnership, or else of
 * any. Every chat's id is new: the client forgets its messages when it stops, so the bot must not take a later chat for an earlier one.
 */
export function playgroundConfiguration(people: readonly Person[], person: Person): object {
  const colleagues = people.filter(({ id }) => id !== person.id);
  const near = colleagues.filter(({ partnership }) => partnership === person.partnership);
  const far = colleagues.filter(({ partnership }) => partnership !== person.partnership);
  return {
    version: '0.1.1',
    tenantId: '00000000-0000-0000-0000-000000000001',
    bot: { id: '28:conference-dissent', name: 'Conference Dissent' },
    currentUser: userOf(person),
    users: [...near, ...far].slice(0, OTHERS).map(userOf),
    personalChat: { id: `personal-${person.id}-${randomUUID()}` },
    groupChat: { id: `group-${person.partnership}`, name: 'Group chat' },
    team: {
      id: `team-${person.partnership}`,
      name: 'Team',
      aadGroupId: '00000000-0000-0000-0000-000000000002',
      channels: [{ id: `channel-${person.partnership}`, name: 'Conferences' }],
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { 'accept-licence': { type: 'boolean', default: false } }, allowPositionals: true });
  const config = readConfig(process.env);
  if (config.mode === 'tenant')
    throw new ConfigurationFault(['MicrosoftAppId: set; only the sandbox can be tried in the local client, so take it out']);
  const { people } = readDirectory(config.directoryFile, { onFaults: () => {} })();
  const person = people.find(({ id }) => id === positionals[0]);
  if (!person) {
    console.error(
      ['Say whom to be: npm run playground -- <person>', ...people.map(({ id, name, role }) => `  ${id} (${name}, ${role})`)].join('\n'),
    );
    return 1;
  }
  console.log(LICENCE);
  if (!values['accept-licence'] && !process.stdin.isTTY) {
    console.error('Add --accept-licence if you accept it.');
    return 1;
  }
  const folder = join(config.dataDir, 'playground', person.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.m365agentsplayground.yml'), stringify(playgroundConfiguration(people, person)));
  const port = await freePort();
  console.log(`You are ${person.name}, ${person.role}: http://127.0.0.1:${port} (start the sandbox first, with npm start)`);
  const consent = values['accept-licence'] ? ['--yes'] : [];
  const bot = ['--app-endpoint', `http://127.0.0.1:${config.port}/api/messages`, '--channel-id', 'msteams'];
  const own = ['--port', String(port), '--service-url', `http://127.0.0.1:${port}/_connector`, '--disable-telemetry'];
  const client = spawn('npx', [...consent, '--package', CLIENT, '--', 'agentsplayground', 'start', ...bot, ...own], {
    cwd: folder,
    stdio: 'inherit',
  });
  const [code] = await once(client, 'exit');
  return code ?? 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await run();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  }
}
