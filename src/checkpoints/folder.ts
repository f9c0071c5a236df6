import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../app/checkpoint.ts';
import { OutsideFault } from '../app/faults.ts';

/** Always the file of the newest checkpoint, for whoever looks by hand. */
const LATEST = 'latest';

/**
 * A folder outside the database, such as one on another machine: a file for each checkpoint, which is whole and on the disk once it has its
 * name, and is never written again; and `latest`, a copy of the newest.
 */
export function folderPlace(folder: string): Place {
  return {
    name: `folder ${folder}`,
    atLeast: Temporal.Duration.from({ seconds: 0 }),
    atMost: Temporal.Duration.from({ hours: 1 }),
    canBeRead: true,
    list: () =>
      told(folder, async () => {
        await mkdir(folder, { recursive: true });
        return (await readdir(folder)).toSorted();
      }),
    read: (name) => told(folder, () => readFile(join(folder, name), 'utf8')),
    write: (name, text) =>
      told(folder, async () => {
        await mkdir(folder, { recursive: true });
        const unfinished = join(folder, `.${name}.${process.pid}`);
        await written(unfinished, text);
        try {
          // A link never takes the place of a file that is there.
          await link(unfinished, join(folder, name)).catch(unlessThere);
          if (name.endsWith('.checkpoint')) await rename(unfinished, join(folder, LATEST));
        } finally {
          await rm(unfinished, { force: true });
        }
      }),
  };
}

async function written(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function unlessThere(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EEXIST') throw fault;
}

/** A folder may be mounted again, or have room again; one that may not be written to needs somebody. */
async function told<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const kind = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code) ? 'permission' : 'unreachable';
    throw new OutsideFault(kind, 'a folder for checkpoints cannot be used', `the folder ${folder} of CHECKPOINT_TO (${code})`, { cause });
  }
}
