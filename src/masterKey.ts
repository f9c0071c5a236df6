import type { TokenCredential } from '@azure/identity';
import type { CryptographyClient, CryptographyClientOptions } from '@azure/keyvault-keys';
import { StartFault } from './app/faults.ts';
import type { Config, TenantConfig } from './config.ts';
import { credentialOf } from './credentials.ts';

/** RSA keys of a vault wrap with it, and their private half never leaves the vault. */
const ALGORITHM = 'RSA-OAEP-256';

/** What a key of Azure Key Vault does for the master key: text in, text out, both base64. */
export type MasterKeyWrap = { wrap(masterKey: string): Promise<string>; unwrap(wrapped: string): Promise<string> };

/**
 * A key of Azure Key Vault, named by its address with the version (OP5). It needs the rights to wrap and unwrap, and to get the key's public
 * half or else have the vault wrap too. The SDK is loaded when it is first asked.
 * @throws StartFault with what to check, where the vault does not do it
 */
export function azureKeyVaultWrap(
  keyId: string,
  credential: TokenCredential,
  options: CryptographyClientOptions = { retryOptions: { maxRetries: 2 } },
): MasterKeyWrap {
  const asked = async (what: string, ask: (client: CryptographyClient) => Promise<Uint8Array>) => {
    try {
      const { CryptographyClient } = await import('@azure/keyvault-keys');
      return Buffer.from(await ask(new CryptographyClient(keyId, credential, options))).toString('base64');
    } catch (cause) {
      const { statusCode, code, name } = cause as Error & { statusCode?: number; code?: string };
      throw new StartFault(
        `The key vault did not ${what} the master key (${statusCode ?? code ?? name}). Check that ${keyId} is there and enabled, that this program's identity may wrap and unwrap with it, and that MASTER_KEY was wrapped by that version of it.`,
        { cause },
      );
    }
  };
  return {
    wrap: (masterKey) =>
      asked('wrap', async (client) => (await client.wrapKey(ALGORITHM, new Uint8Array(Buffer.from(masterKey, 'base64')))).result),
    unwrap: (wrapped) =>
      asked('unwrap', async (client) => (await client.unwrapKey(ALGORITHM, new Uint8Array(Buffer.from(wrapped, 'base64')))).result),
  };
}

/** The key of Azure Key Vault that wraps a tenant's master key, with the sign-in that Graph has; null where the master key stands by itself. */
export function wrapOf(config: TenantConfig): MasterKeyWrap | null {
  if (config.masterKeyVault === null) return null;
  return azureKeyVaultWrap(config.masterKeyVault, credentialOf(config.graphCredential, config));
}

/**
 * The master keys that the environment gives, in hand: unwrapped once, here, where a key vault wrapped them, so that no click waits for
 * the vault and the settings alone open nothing. `current` is null where none is set, as in a sandbox.
 * @throws StartFault where the vault does not unwrap them
 */
export async function masterKeysOf(
  config: Config,
  wrap = config.mode === 'tenant' ? wrapOf(config) : null,
): Promise<{ current: string | null; previous: string | null }> {
  const { masterKey: current, previousMasterKey: previous } = config;
  if (!wrap) return { current, previous };
  const unwrapped = (key: string | null) => (key === null || isInHand(key) ? key : wrap.unwrap(key));
  return { current: await unwrapped(current), previous: await unwrapped(previous) };
}

/** Whether a master key is the key itself, 32 bytes, and nothing that a vault has wrapped. */
function isInHand(key: string): boolean {
  return Buffer.from(key, 'base64').length === 32;
}
