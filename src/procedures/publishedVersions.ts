import type { CheckedLibrary } from './loadLibrary.ts';

/** The cases that were opened under one version while it said one thing; the fingerprint is null for those from before it was kept. */
export type VersionInUse = { id: string; version: number; fingerprint: string | null; open: number; closed: number };

/**
 * Which versions are no longer what cases were opened under (X2), as `file: plain words`: faults where such a case is open, and
 * the program must not start; warnings where all of them are closed. Calendars do not count: they get one-off days.
 */
export function changedVersions(library: CheckedLibrary, inUse: readonly VersionInUse[]): { faults: string[]; warnings: string[] } {
  const changed = inUse.flatMap((each) => {
    const change = changeOf(each, library);
    return change ? [{ ...change, open: each.open }] : [];
  });
  const said = ({ what, mend }: Change, cases: string) => `${what} (${cases}). A case keeps the version it was opened under (X2): ${mend}.`;
  return {
    faults: changed.flatMap(({ open, ...change }) => (open > 0 ? [said(change, `${open} ${open === 1 ? 'is' : 'are'} open`)] : [])),
    warnings: changed.flatMap(({ open, ...change }) => (open > 0 ? [] : [said(change, 'all are closed')])),
  };
}

type Change = { what: string; mend: string };

function changeOf({ id, version, fingerprint }: VersionInUse, { folder, files }: CheckedLibrary): Change | null {
  const versions = files.filter(({ procedure }) => procedure.id === id);
  const found = versions.find(({ procedure }) => procedure.version === version);
  if (!found)
    return {
      what: `${folder}: version ${version} of "${id}" is gone after cases were opened under it`,
      mend: 'put its file back as it was',
    };
  if (fingerprint === null || fingerprint === found.fingerprint) return null;
  const next = Math.max(...versions.map(({ procedure }) => procedure.version)) + 1;
  return {
    what: `${found.file}: version ${version} was edited after cases were opened under it`,
    mend: `put the file back as it was, and write the change as version ${next}`,
  };
}
