import type { Directory } from '../directory/directory.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { OutsideFault } from './faults.ts';
import type { Log } from './ports.ts';

/** The replicas of the program that run on one store, by what each goes by. */
export type Replicas = {
  /** Says that this one runs, and by which directory, as a fingerprint. */
  runsBy(directory: string): Promise<void>;
  /** Whether another that runs goes by another directory. */
  differ(directory: string): Promise<boolean>;
  /** Says that this one has ended. */
  ended(): Promise<void>;
};

/**
 * Has replicas go by one directory. With two files, each would take cards from the other's deciders and show them to its own: so nobody is
 * told anything while they differ, which is logged once, and whatever was to be told is told once they agree. Clicks go on: each is
 * decided by the directory of the replica that takes it.
 */
export function oneDirectory(deps: { replicas: Replicas; read(): Directory; fingerprint(text: string): string; log: Log }) {
  let known: { directory: Directory; fingerprint: string } | null = null;
  let said: string | null = null;
  let warned = false;
  const own = () => {
    const directory = deps.read();
    if (known?.directory !== directory) known = { directory, fingerprint: deps.fingerprint(canonicalJson(directory)) };
    return known.fingerprint;
  };
  const say = async (fingerprint: string) => {
    await deps.replicas.runsBy(fingerprint);
    said = fingerprint;
  };
  return {
    /** Says that this replica runs, and by which directory; to be done at least every minute. */
    present: () => say(own()),
    /** @throws OutsideFault while another replica goes by another directory: to be tried again */
    async agreed(): Promise<void> {
      const fingerprint = own();
      if (fingerprint !== said) await say(fingerprint);
      const differ = await deps.replicas.differ(fingerprint);
      if (differ && !warned)
        deps.log.warn('replicas go by different directory files; nobody is told anything until they agree', { directory: fingerprint });
      warned = differ;
      if (differ)
        throw new OutsideFault(
          'apart',
          'replicas go by different directory files',
          'that DIRECTORY_FILE is the same file for every replica',
        );
    },
  };
}
