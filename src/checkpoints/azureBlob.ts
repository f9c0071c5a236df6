import type { TokenCredential } from '@azure/identity';
import type { ContainerClient } from '@azure/storage-blob';
import type { Place } from '../app/checkpoint.ts';
import { OutsideFault } from '../app/faults.ts';

/**
 * A container of Azure Blob Storage, best with an immutability policy, under which nobody can change or delete what was written. It needs
 * the right to list, read and create, and no more. `address` is `https://<account>.blob.core.windows.net/<container>`, with a shared access
 * signature behind it or, without one, opened by the credential. The SDK is loaded when the first checkpoint is written.
 */
export function azureBlobPlace(address: string, credential: TokenCredential | null): Place {
  const shown = address.replace(/\?.*$/s, '');
  let opened: Promise<ContainerClient> | null = null;
  const container = () => {
    opened ??= open(address, credential);
    return opened;
  };
  return {
    name: `container ${shown}`,
    atLeast: Temporal.Duration.from({ seconds: 0 }),
    atMost: Temporal.Duration.from({ hours: 1 }),
    canBeRead: true,
    list: () =>
      told(shown, async () => {
        const names: string[] = [];
        for await (const { name } of (await container()).listBlobsFlat()) names.push(name);
        return names.toSorted();
      }),
    read: (name) => told(shown, async () => (await (await container()).getBlobClient(name).downloadToBuffer()).toString('utf8')),
    write: (name, text) =>
      told(shown, async () => {
        const blob = (await container()).getBlockBlobClient(name);
        const body = Buffer.from(text);
        const settings = { conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' } };
        await blob.upload(body, body.length, settings).catch(unlessThere);
      }),
  };
}

async function open(address: string, credential: TokenCredential | null): Promise<ContainerClient> {
  const { AnonymousCredential, ContainerClient } = await import('@azure/storage-blob');
  const signed = new URL(address).searchParams.has('sig');
  return new ContainerClient(address, signed || !credential ? new AnonymousCredential() : credential, { retryOptions: { maxTries: 2 } });
}

type RestFault = Error & { statusCode?: number; code?: string };

function unlessThere(fault: RestFault): void {
  if (fault.code !== 'BlobAlreadyExists' && fault.code !== 'BlobImmutableDueToPolicy') throw fault;
}

const KINDS: Record<number, OutsideFault['kind']> = { 401: 'permission', 403: 'permission', 404: 'not-found', 429: 'throttled' };

async function told<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { statusCode = 0, name } = cause as RestFault;
    const kind = KINDS[statusCode] ?? (/^(Credential|Authentication)/.test(name) ? 'permission' : 'unreachable');
    throw new OutsideFault(kind, 'a container for checkpoints cannot be used', `the container ${shown} of CHECKPOINT_TO (${statusCode})`, {
      cause,
    });
  }
}
