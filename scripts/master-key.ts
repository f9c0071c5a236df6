import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { credentialOf } from '../src/credentials.ts';
import { azureKeyVaultWrap, masterKeysOf } from '../src/masterKey.ts';

const USAGE = `Use one of:
  npm run master-key -- new --with <key>    makes a master key, and prints it wrapped by that key of Azure Key Vault alone
  npm run master-key -- wrap --with <key>   prints MASTER_KEY wrapped by that key, or by another version of it than before
A key is named by its "Key Identifier" with the version. Set the text as MASTER_KEY, and the key as MASTER_KEY_VAULT.`;

/**
 * `npm run master-key`: has a key of Azure Key Vault wrap the master key (OP5), with the sign-in that Graph has. Changes nothing; ends with 2
 * and one sentence where it cannot.
 */
try {
  const { values, positionals } = parseArgs({ options: { with: { type: 'string' } }, allowPositionals: true });
  const [deed, ...more] = positionals;
  const config = readConfig({
    ...process.env,
    // A key that is to be made is not there yet, and everything else has to be right for the sign-in.
    ...(deed === 'new' ? { MASTER_KEY: randomBytes(32).toString('base64'), MASTER_KEY_FILE: '', MASTER_KEY_VAULT: '' } : {}),
  });
  if (!values.with || more.length > 0 || (deed !== 'new' && deed !== 'wrap') || config.mode !== 'tenant') throw new Error(USAGE);
  const { current } = await masterKeysOf(config);
  console.log(await azureKeyVaultWrap(values.with, credentialOf(config.graphCredential, config)).wrap(current!));
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 2;
}
