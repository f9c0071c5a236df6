import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigurationFault } from '../src/config.ts';

/** Makes the Teams app: the manifest filled in for one organisation, with both icons, as a zip to upload to Teams. */

const [{ default: AjvDraft04 }, { default: addFormats }, { zipSync }] = await Promise.all([
  import('ajv-draft-04'),
  import('ajv-formats'),
  import('fflate'),
]).catch((fault) => {
  if (fault.code !== 'ERR_MODULE_NOT_FOUND') throw fault;
  console.error('The Teams app cannot be packaged here: run npm install first, without --omit=dev.');
  process.exit(1);
});

const project = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, project));
const id = z.guid();
const page = z.url({ protocol: /^https$/ }).max(2048);

/** What the manifest takes from the environment, with the rule for each and what it is, in words. */
const names = {
  TEAMS_APP_ID: [id, 'the app’s own id in Teams, a GUID that you make once and keep'],
  MicrosoftAppId: [id, 'the bot’s app registration, its "Application (client) ID"'],
  BOT_DOMAIN: [z.hostname(), 'the name of the server that the bot runs on, without https:// or a path'],
  ORGANISATION_NAME: [z.string().max(32), 'your organisation’s name, at most 32 letters'],
  ORGANISATION_WEBSITE: [page, 'the https address of your organisation’s website'],
  ORGANISATION_PRIVACY_URL: [page, 'the https address of your privacy notice'],
  ORGANISATION_TERMS_URL: [page, 'the https address of your terms of use'],
  ORGANISATION_ADMIN_URL: [page, 'the https address of the page that tells your Teams administrators about this app'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

/** The names that only packaging reads; the bot's id is the configuration's own. */
export const packageNames = Object.keys(names).filter((name) => name !== 'MicrosoftAppId');

/**
 * Fills in the manifest from an environment; the app's version is the project's.
 * @throws ConfigurationFault with every missing or wrong name
 */
export function fillManifest(environment: Record<string, string | undefined>): object {
  const faults: string[] = [];
  const values: Record<string, string> = { VERSION: JSON.parse(read('package.json').toString()).version };
  for (const [name, [rule, what]] of Object.entries(names)) {
    const value = environment[name]?.trim();
    if (!value) faults.push(`${name}: missing; give ${what}`);
    else if (!rule.safeParse(value).success) faults.push(`${name}: wrong; give ${what}`);
    else values[name] = value;
  }
  if (faults.length > 0)
    throw new ConfigurationFault(faults, 'The Teams app cannot be packaged yet. Set these in the environment or in .env:');
  return JSON.parse(read('appPackage/manifest.json').toString(), (_key, value) =>
    typeof value === 'string' ? value.replace(/\$\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '') : value,
  );
}

/** What Microsoft's own schema for the manifest's version finds wrong with it, a line each. */
export function manifestFaults(manifest: object): string[] {
  const version = (manifest as { manifestVersion?: string }).manifestVersion;
  const schema = import.meta.resolve(`@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`);
  const ajv = new AjvDraft04.default({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(fileURLToPath(schema), 'utf8')));
  return valid(manifest) ? [] : (valid.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
}

type Bot = { scopes?: string[]; commandLists?: { scopes: string[]; commands: { title: string; description: string }[] }[] };
type Manifest = {
  manifestVersion: string;
  version: string;
  name: { short: string; full?: string };
  description: { short: string; full: string };
  developer: { websiteUrl: string; privacyUrl: string; termsOfUseUrl: string };
  bots?: Bot[];
  supportsChannelFeatures?: string;
  publisherDocsUrl?: string;
  validDomains?: string[];
};

/** What Teams, or its store, asks of an app beyond the schema (TM8): a sentence for each, and whether a manifest keeps to it. */
const storeRules: [sentence: string, kept: (manifest: Manifest) => boolean][] = [
  [
    'With the team scope, supportsChannelFeatures has to be tier1 from version 1.25 on: the app works in private and shared channels too.',
    ({ bots = [], manifestVersion, supportsChannelFeatures }) =>
      Number(manifestVersion.split('.')[1]) < 25 ||
      !bots.some(({ scopes = [] }) => scopes.includes('team')) ||
      supportsChannelFeatures === 'tier1',
  ],
  ['publisherDocsUrl has to be an https page for administrators.', ({ publisherDocsUrl }) => isPage(publisherDocsUrl)],
  [
    'Website, privacy notice and terms have to be https pages, the notice and the terms each a page of its own.',
    ({ developer: { websiteUrl, privacyUrl, termsOfUseUrl } }) =>
      [websiteUrl, privacyUrl, termsOfUseUrl].every(isPage) && privacyUrl !== termsOfUseUrl && privacyUrl !== websiteUrl,
  ],
  [
    'The name may not hold "Teams", "Microsoft" or "app".',
    ({ name }) => !/\b(teams|microsoft|app)\b/i.test(`${name.short} ${name.full ?? ''}`),
  ],
  ['The short and the full description have to differ.', ({ description }) => description.short !== description.full],
  ['A version has three numbers.', ({ version }) => /^\d+\.\d+\.\d+$/.test(version)],
  [
    'Each scope of a bot has to have a list of commands, each command once, ten at most.',
    ({ bots = [] }) =>
      bots.every(({ scopes = [], commandLists = [] }) =>
        scopes.every((scope) => {
          const titles = commandLists
            .filter((list) => list.scopes.includes(scope))
            .flatMap(({ commands }) => commands.map(({ title }) => title));
          return titles.length > 0 && titles.length <= 10 && new Set(titles).size === titles.length;
        }),
      ),
  ],
  [
    'A domain has to be one of your own, without a wildcard, and none of a tunnel.',
    ({ validDomains = [] }) =>
      validDomains.every((domain) => !/\*|(^|\.)(ngrok(-free)?\.(io|app|dev)|devtunnels\.ms|localhost)$/.test(domain)),
  ],
];

function isPage(address: string | undefined): boolean {
  return page.safeParse(address).success;
}

/** What Teams or its store would refuse a manifest for, that its schema lets pass; a line each. */
export function storeFaults(manifest: object): string[] {
  return storeRules.filter(([, kept]) => !kept(manifest as Manifest)).map(([sentence]) => sentence);
}

/** The zip of a filled-in manifest and the icons: the same bytes for the same input, whenever and wherever it is made. */
export function packageApp(manifest: object): Uint8Array {
  const files = {
    'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': read('appPackage/color.png'),
    'outline.png': read('appPackage/outline.png'),
  };
  // A zip keeps local times, without a zone: this one reads the same everywhere.
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}

if (import.meta.main) {
  try {
    const manifest = fillManifest(process.env);
    const faults = [...manifestFaults(manifest), ...storeFaults(manifest)];
    if (faults.length > 0) throw new ConfigurationFault(faults, 'Teams would refuse the manifest:');
    mkdirSync(new URL('build/', project), { recursive: true });
    writeFileSync(new URL('build/conference-dissent.zip', project), packageApp(manifest));
    console.log('build/conference-dissent.zip is ready. Upload it in the Teams admin centre, under Manage apps.');
  } catch (fault) {
    if (!(fault instanceof ConfigurationFault)) throw fault;
    console.error(fault.message);
    process.exitCode = 1;
  }
}
