import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { strFromU8, unzipSync } from 'fflate';
import { fillManifest, manifestFaults, packageApp, storeFaults } from '../scripts/package.ts';
import { ConfigurationFault } from '../src/config.ts';
import { type Request, readWords } from '../src/conversation/words.ts';

const environment = {
  TEAMS_APP_ID: '0d4b2c1a-7f63-4e0d-8a52-3c9e1f6b7a80',
  MicrosoftAppId: '6f1d0b7e-3c58-4f0e-9a34-0f5a1c2b3d4e',
  BOT_DOMAIN: 'dissent.example.gov.uk',
  ORGANISATION_NAME: 'Exampleshire Partnership',
  ORGANISATION_WEBSITE: 'https://www.example.gov.uk',
  ORGANISATION_PRIVACY_URL: 'https://www.example.gov.uk/privacy',
  ORGANISATION_TERMS_URL: 'https://www.example.gov.uk/terms',
  ORGANISATION_ADMIN_URL: 'https://www.example.gov.uk/teams-apps',
};

describe('the manifest', () => {
  test('filled in, it passes Microsoft’s own schema of its version', () => {
    expect(manifestFaults(fillManifest(environment))).toEqual([]);
  });

  test('the schema does find faults', () => {
    expect(manifestFaults({ ...fillManifest(environment), accentColor: 'blue', extra: true })).toHaveLength(2);
  });

  test('TM8: it keeps the store’s rules beyond the schema', () => {
    expect(storeFaults(fillManifest(environment))).toEqual([]);
  });

  const filled = fillManifest(environment) as Record<string, any>;
  test.each<[string, object, RegExp]>([
    ['no word on channels', { supportsChannelFeatures: undefined }, /tier1/],
    ['no page for administrators', { publisherDocsUrl: undefined }, /publisherDocsUrl/],
    ['one page for privacy and terms', { developer: { ...filled.developer, termsOfUseUrl: filled.developer.privacyUrl } }, /each a page/],
    ['another’s name', { name: { short: 'Dissent for Teams' } }, /The name/],
    ['one description', { description: { short: 'Dissent', full: 'Dissent' } }, /differ/],
    ['a version of two numbers', { version: '1.0' }, /three numbers/],
    ['a scope without commands', { bots: [{ ...filled.bots[0], commandLists: [] }] }, /list of commands/],
    ['a tunnel', { validDomains: ['dissent.ngrok.io'] }, /tunnel/],
  ])('TM8: with %s the schema may be content, and packaging is not', (_what, change, said) => {
    expect(storeFaults({ ...filled, ...change })).toEqual([expect.stringMatching(said)]);
  });

  test('TM8: with the team scope it says that it works in every kind of channel, and where an administrator reads about it', () => {
    expect(fillManifest(environment)).toMatchObject({
      supportsChannelFeatures: 'tier1',
      publisherDocsUrl: 'https://www.example.gov.uk/teams-apps',
    });
  });

  test('TM8: the bot understands every command that it lists, and lists everything that can be asked in words', () => {
    const { bots } = fillManifest(environment) as { bots: { commandLists: { commands: { title: string }[] }[] }[] };
    const [personal, groups] = (bots[0]?.commandLists ?? []).map(({ commands }) =>
      commands.map(({ title }) => readWords(title === 'case' ? 'case DIS-27-001' : title).ask),
    );
    // A case as a document or a file, or without its reference, is asked for as "case" is, and other files as what they are files of.
    const asked: Record<Exclude<Request['ask'], 'unclear' | 'document' | 'file' | 'child' | 'health' | 'which-case'>, true> = {
      raise: true,
      'my-cases': true,
      case: true,
      log: true,
      register: true,
      figures: true,
      cover: true,
      stuck: true,
      help: true,
    };
    expect(personal).toEqual(Object.keys(asked));
    expect(groups).toEqual(['raise', 'my-cases', 'case', 'help']);
  });

  test('the bot works in personal, group chat and team scope, with a list of commands for each', () => {
    expect(fillManifest(environment)).toMatchObject({
      id: environment.TEAMS_APP_ID,
      developer: { name: 'Exampleshire Partnership' },
      validDomains: ['dissent.example.gov.uk'],
      bots: [
        {
          botId: environment.MicrosoftAppId,
          scopes: ['personal', 'groupChat', 'team'],
          commandLists: [{ scopes: ['personal'] }, { scopes: ['groupChat', 'team'] }],
        },
      ],
    });
  });

  test('an organisation’s name may hold any letter, quotation marks too', () => {
    expect(fillManifest({ ...environment, ORGANISATION_NAME: 'The "North" \\ Partnership' })).toMatchObject({
      developer: { name: 'The "North" \\ Partnership' },
    });
  });

  test('what is missing and what is wrong is told at once, in words', () => {
    const wanting = { ...environment, TEAMS_APP_ID: undefined, BOT_DOMAIN: 'https://dissent.example.gov.uk/', ORGANISATION_NAME: ' ' };
    const refusal = expect.objectContaining({
      faults: [
        expect.stringMatching(/^TEAMS_APP_ID: missing; give /),
        expect.stringMatching(/^BOT_DOMAIN: wrong; give /),
        expect.stringMatching(/^ORGANISATION_NAME: missing; give /),
      ],
    });
    expect(() => fillManifest(wanting)).toThrow(ConfigurationFault);
    expect(() => fillManifest(wanting)).toThrow(refusal);
  });
});

test('packaging where the packages for development are not installed says so in one sentence', () => {
  const bare = mkdtempSync(join(tmpdir(), 'dissent-package-'));
  try {
    for (const file of ['scripts/package.ts', 'src/config.ts', 'src/settings.ts', 'package.json']) cpSync(file, join(bare, file));
    mkdirSync(join(bare, 'node_modules'));
    symlinkSync(join(process.cwd(), 'node_modules/zod'), join(bare, 'node_modules/zod'));
    const { status, stderr } = spawnSync(process.execPath, ['scripts/package.ts'], { cwd: bare, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, 'The Teams app cannot be packaged here: run npm install first, without --omit=dev.\n']);
  } finally {
    rmSync(bare, { recursive: true });
  }
});

describe('the icons', () => {
  const pixelsOf = (name: string) => {
    const { width, height, channels, data } = decode(readFileSync(new URL(`../appPackage/${name}`, import.meta.url)));
    const pixels = Array.from({ length: width * height }, (_each, index) => [...data.slice(index * channels, (index + 1) * channels)]);
    return { width, height, channels, pixels };
  };

  test('the colour icon is 192 by 192, on a full background of the accent colour', () => {
    const { width, height, channels, pixels } = pixelsOf('color.png');
    const { accentColor } = fillManifest(environment) as { accentColor: string };
    const accent = [...Buffer.from(accentColor.slice(1), 'hex')];
    expect([width, height]).toEqual([192, 192]);
    expect(pixels.filter((pixel) => channels === 4 && pixel[3] !== 255)).toEqual([]);
    expect([0, 191, 191 * 192, 192 * 192 - 1].map((corner) => pixels[corner]?.slice(0, 3))).toEqual([accent, accent, accent, accent]);
  });

  test('the outline icon is 32 by 32, white on transparent and nothing else', () => {
    const { width, height, channels, pixels } = pixelsOf('outline.png');
    expect([width, height, channels]).toEqual([32, 32, 4]);
    const drawn = pixels.filter(([, , , opacity]) => opacity !== 0);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(pixels.length / 2);
    expect(drawn.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
  });
});

describe('the zip', () => {
  test('it holds the manifest and both icons, nothing else and no place left unfilled', () => {
    const files = unzipSync(packageApp(fillManifest(environment)));
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    const manifest = strFromU8(files['manifest.json'] ?? new Uint8Array());
    expect(manifest).not.toContain('${{');
    expect(JSON.parse(manifest)).toEqual(fillManifest(environment));
  });

  test('the same input gives the same bytes, whenever and wherever it is made', () => {
    const zip = Buffer.from(packageApp(fillManifest(environment)));
    const midnightOn1January1980 = 0x0021_0000;
    expect(zip.readUInt32LE(10)).toBe(midnightOn1January1980);
    expect(zip.equals(packageApp(fillManifest(environment)))).toBe(true);
  });
});
