import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Finding, Found } from './app/health.ts';
import type { Credential, TenantConfig } from './config.ts';
import { credentialOf } from './credentials.ts';
import { faultsBetween, warningsAbout } from './directory/crossChecks.ts';
import type { Directory } from './directory/directory.ts';
import { readDirectory } from './directory/readDirectory.ts';
import { graphCalendars } from './graph/calendars.ts';
import { graphClient } from './graph/client.ts';
import { graphProbes } from './graph/probes.ts';
import { masterKeysOf, wrapOf } from './masterKey.ts';
import { examine, fault, type Look, warning, well } from './operate/doctor.ts';
import { expiryLook, type GraphProbes, graphLooks } from './operate/graph.ts';
import { storeLooks } from './operate/store.ts';
import { type SignsIn, signInLook, signingKeysLooks } from './operate/teams.ts';
import { FileFaults } from './procedures/dataFile.ts';
import { loadLibrary } from './procedures/loadLibrary.ts';
import { examineStore } from './storage/examineStore.ts';
import { type KeyVault, masterKeyVault } from './storage/keyVault.ts';

const GRAPH_LIMIT_MILLISECONDS = 15_000;
const FILES_CURE = 'Mend that place, then run npm run directory -- check, or npm run procedure -- check.';

/** Looks at all that a real tenant's program stands on (OP1). `signsIn` gives each credential, by default Entra's own. */
export async function doctor(
  config: TenantConfig,
  signsIn: (credential: Credential) => SignsIn & Parameters<typeof graphClient>[0]['credential'] = (credential) =>
    credentialOf(credential, config),
  now = () => Temporal.Now.instant(),
  wrap = wrapOf(config),
): Promise<Finding[]> {
  const { bot, botCredential, graphCredential, graphBaseUrl } = config;
  const forGraph = signsIn(graphCredential);
  const client = graphClient({ baseUrl: graphBaseUrl, credential: forGraph, fetchTimeoutMs: GRAPH_LIMIT_MILLISECONDS });
  const graph: GraphProbes = { ...graphProbes(client), busyTimes: graphCalendars(client).busyTimes };
  const files = readFiles(config);
  const masterKeys = await masterKeysOf(config, wrap).catch((cause: unknown) => cause);
  const store = examineStore(config.databaseUrl, vaultOver(masterKeys));
  const graphSignIn = signInLook('Sign-in to Graph', forGraph, `${new URL(graphBaseUrl).origin}/.default`);
  const signedIn = [await graphSignIn.at()].flat();
  return examine([
    ...files.looks,
    ...signingKeysLooks(bot.openIdMetadata, now),
    signInLook('Sign-in to Teams', signsIn(botCredential), `${bot.oauthScope}/.default`),
    { name: graphSignIn.name, at: async () => signedIn },
    // Without a sign-in each of these would say so once more.
    ...(files.directory && signedIn.every(({ state }) => state === 'well') ? graphLooks(graph, files.directory, now) : []),
    expiryLook("The bot's credential", () => endsOf(botCredential, graph, bot.appId), now),
    ...(wrap ? [keyVaultLook(masterKeys)] : []),
    ...storeLooks(store, files.directory, config.databaseRoles.ownerUrl !== null),
  ]);
}

function vaultOver(masterKeys: unknown): KeyVault | null {
  if (Error.isError(masterKeys)) return null;
  const { current, previous } = masterKeys as Awaited<ReturnType<typeof masterKeysOf>>;
  return current === null ? null : masterKeyVault(current, previous);
}

function keyVaultLook(masterKeys: unknown): Look {
  const name = 'Key vault';
  if (!Error.isError(masterKeys)) return { name, at: async () => well('it unwraps the master key.') };
  const [says = '', cure = ''] = masterKeys.message.split(/(?<=\.) (?=Check)/);
  return { name, at: async () => fault(says, cure) };
}

/** The files, by the same reading as at start. */
function readFiles({ proceduresDir, directoryFile }: TenantConfig): { looks: Look[]; directory: Directory | null } {
  const name = 'Directory and procedures';
  const told = (found: Found[]): Look => ({ name, at: async () => found });
  try {
    const library = loadLibrary(proceduresDir);
    const directory = readDirectory(directoryFile, { check: (read) => faultsBetween(read, library), onFaults: () => {} })();
    const lacking = warningsAbout(directory, library.procedures).map((each) => warning(`${directoryFile}: ${each}.`, 'See step 5.'));
    return { looks: [told([well(`${directory.people.length} people, ${library.procedures.length} procedures.`), ...lacking])], directory };
  } catch (cause) {
    if (!(cause instanceof FileFaults)) throw cause;
    return { looks: [told(cause.faults.map((each) => fault(`${each}.`, FILES_CURE)))], directory: null };
  }
}

async function endsOf(credential: Credential, graph: GraphProbes, appId: string): Promise<Temporal.Instant[] | null> {
  if (credential.kind === 'certificate')
    return [Temporal.Instant.fromEpochMilliseconds(Date.parse(new X509Certificate(readFileSync(credential.certificatePath)).validTo))];
  return credential.kind === 'secret' ? graph.secretsEnd(appId).catch(() => null) : null;
}
