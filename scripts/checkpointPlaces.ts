import type { Place } from '../src/app/checkpoint.ts';
import { OutsideFault } from '../src/app/faults.ts';
import { checkpointPlaces } from '../src/checkpoints/places.ts';
import type { Config } from '../src/config.ts';
import { credentialOf } from '../src/credentials.ts';

/** The places of the environment that a command can reach: all but a mailbox, to which the running program alone sends. */
export function placesOf(config: Config): Place[] {
  return checkpointPlaces(config.checkpoints.to, {
    dataDirectory: config.dataDir,
    credential: config.mode === 'tenant' ? credentialOf(config.graphCredential, config) : null,
    mail: {
      send: async () => {
        throw new OutsideFault('unreachable', 'a command sends no mail', 'whether the program is running: it sends the next checkpoint');
      },
    },
    mailFrom: () => '',
  }).filter(({ canBeRead }) => canBeRead);
}
