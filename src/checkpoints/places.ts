import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import type { Place } from '../app/checkpoint.ts';
import type { Mail } from '../app/ports.ts';
import { azureBlobPlace } from './azureBlob.ts';
import { folderPlace } from './folder.ts';
import { mailboxPlace } from './mailbox.ts';

/** Who can reach what `CHECKPOINT_TO` names. */
export type Reach = { dataDirectory: string; credential: TokenCredential | null; mail: Mail; mailFrom(): string };

/**
 * The places that `CHECKPOINT_TO` names: web addresses of containers, mail addresses and folders, with commas between. Without it, the
 * folder `checkpoints` among the program's own files.
 */
export function checkpointPlaces(to: string | null, { dataDirectory, credential, mail, mailFrom }: Reach): Place[] {
  if (to === null) return [folderPlace(join(dataDirectory, 'checkpoints'))];
  const named = to.split(',').map((each) => each.trim());
  return named.filter(Boolean).map((place) => {
    if (/^https?:\/\//.test(place)) return azureBlobPlace(place, credential);
    if (/^[^/\\\s]+@[^/\\\s]+$/.test(place)) return mailboxPlace(place, mail, mailFrom);
    return folderPlace(place);
  });
}
