import { tasksOf } from '../../domain/tasks.ts';
import { reportOnCase } from '../actOnCase.ts';
import { fileNameOf } from '../documents/document.ts';
import { reasonsForFile } from '../documents/reasonsForFile.ts';
import { causeOf, mayMend, OutsideFault } from '../faults.ts';
import type { Job } from '../job.ts';
import type { DrawDocument, Files } from '../ports.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';

type FileDependencies = CaseDependencies & { files: Files; drawDocument: DrawDocument };

/**
 * The job that puts the reasons on the file of every child of a case, in the partnership's document library (C23, S23, X11). Where
 * there is no library it does nothing: a named person files by hand. The path is the same at every try, so that a file is there once.
 */
export function reasonsFiler(deps: FileDependencies): (reference: string, job?: Job, tried?: number) => Promise<void> {
  return async (reference, _job, tried) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(deps, trail, 'bot');
    const { library } = seen.partnership;
    if (!library) return;
    const faults: unknown[] = [];
    for (const { kind, of: child, done } of tasksOf(seen.current, seen.procedure))
      if (kind === 'file' && done === null)
        await file(deps, seen, library.drive, child, tried).catch((fault: unknown) => void faults.push(fault));
    if (faults.length > 0) throw faults[0];
  };
}

async function file(deps: FileDependencies, seen: CaseForViewer, drive: string, child: string, tried?: number): Promise<void> {
  const { reference } = seen.current;
  const document = reasonsForFile(seen, child);
  const path = `${asFolder(child)}/${fileNameOf(document)}`;
  try {
    const { item } = await deps.files.upload(drive, path, await deps.drawDocument(document));
    await reportOnCase(deps, reference, { type: 'ConfirmFiling', child, fileReference: path, item });
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    if (mayMend(fault.kind, tried)) throw fault;
    deps.log.error('reasons could not be filed', fault, { reference, check: fault.check });
    await reportOnCase(deps, reference, { type: 'FailFiling', child, cause: causeOf(fault) });
  }
}

/** A child's reference as the name of a folder; what no folder may be called is written by its number, so that no two are the same. */
function asFolder(child: string): string {
  return child.trim().replace(/[^\p{L}\p{N} ()-]/gu, (character) => `_${character.codePointAt(0)}_`);
}
