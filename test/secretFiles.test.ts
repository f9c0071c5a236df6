import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { secretNames } from '../src/settings.ts';
import { faultsOf, tenant } from './support/settings.ts';

describe('OP5: secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const whole = { ...tenant, CHECKPOINT_KEY: 'a key', AZURE_CLIENT_SECRET: "Graph's", DATABASE_OWNER_URL: tenant.DATABASE_URL };
  const secrets = {
    ...whole,
    MASTER_KEY_PREVIOUS: Buffer.alloc(32, 'before').toString('base64'),
    DATABASE_RETENTION_URL: tenant.DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a',
    WEBHOOK_URL: 'https://cases.example',
    WEBHOOK_SECRET: `whsec_${tenant.MASTER_KEY}`,
  };

  test.each(secretNames)('%s may stand in the file that %s_FILE names, with a line end', (name) => {
    const inFile = { ...secrets, [name]: undefined, [`${name}_FILE`]: file(name, `${secrets[name]}\n`) };
    expect(readConfig(inFile)).toEqual(readConfig(secrets));
  });

  test('a file that is not there, an empty one, a wrong one and one too many are told together, by name and without a word of theirs', () => {
    const faults = faultsOf({
      ...tenant,
      MicrosoftAppPassword: undefined,
      DATABASE_URL: undefined,
      MASTER_KEY: undefined,
      MicrosoftAppPassword_FILE: join(folder, 'nowhere'),
      DATABASE_URL_FILE: file('empty', '\n'),
      MASTER_KEY_FILE: file('short', 'hush'),
      CHECKPOINT_KEY: 'hush',
      CHECKPOINT_KEY_FILE: file('key', 'hush'),
    });
    expect(faults).toEqual([
      expect.stringMatching(/^MASTER_KEY_FILE: use 32 random bytes/),
      'CHECKPOINT_KEY_FILE: set beside CHECKPOINT_KEY; keep one of them',
      'DATABASE_URL_FILE: the file is empty; write the secret into it',
      expect.stringMatching(/^MicrosoftAppPassword_FILE: the file cannot be read \(ENOENT\); check/),
    ]);
    expect(faults.join()).not.toContain('hush');
  });
});
