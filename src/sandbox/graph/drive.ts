import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { Clock } from '../../app/ports.ts';
import type { Shelf } from '../shelf.ts';
import type { Content, Contents } from './contents.ts';
import { type Answer, type GraphRequest, type Operation, refuse, selected } from './operation.ts';

/**
 * A document as `GET /files` tells it; `at` is when it was last uploaded, UTC in ISO 8601; `address` is where the control gives its
 * bytes.
 */
export type FileShown = {
  id: string;
  at: string;
  drive: string;
  path: string;
  /** Whose it is: the first folder of its path, empty for a document that lies in none. */
  folder: string;
  size: number;
  /** How often it has been uploaded to this path. */
  versions: number;
  address: string;
};

type File = Omit<FileShown, 'address' | 'folder'> & { type: string; createdAt: string; kept: string };

/** What SharePoint takes for a folder or file. */
const NAME = /^(?!\s)[^"*:<>?/\\|\p{Cc}]+(?<![.\s])$/u;

/** The sandbox's document libraries. */
export type Drive = ReturnType<typeof openDrive>;

/** The documents in the libraries of the sandbox's tenant, in the order in which they first came, kept on the shelf. */
export function openDrive(shelf: Shelf, contents: Contents, clock: Clock) {
  const files = shelf.read<File[]>('graph-files', []);
  const at = (drive: string, path: string) =>
    files.find((file) => file.drive === drive && file.path.toLowerCase() === path.toLowerCase()) ?? null;
  return {
    at,
    find: (drive: string, id: string) => files.find((file) => file.drive === drive && file.id === id) ?? null,
    /** Puts a document at a path, in the place of what is there. */
    put(drive: string, path: string, type: string, bytes: Uint8Array): File {
      const now = clock.now().toString({ fractionalSecondDigits: 0 });
      const kept = contents.keep(bytes);
      const file = at(drive, path) ?? { id: crypto.randomUUID(), drive, path, createdAt: now, at: now, size: 0, versions: 0, type, kept };
      if (file.versions === 0) files.push(file);
      Object.assign(file, { at: now, size: bytes.length, versions: file.versions + 1, type, kept });
      shelf.write('graph-files', files);
      return file;
    },
    shown: (): FileShown[] =>
      files.map((file) => {
        const { id, at, drive, path, size, versions } = file;
        return { id, at, drive, path, folder: path.split('/').slice(0, -1)[0] ?? '', size, versions, address: addressOf(file) };
      }),
    /** The document at that very address, or null. */
    content(address: string): Content | null {
      const found = files.find((file) => addressOf(file) === address);
      return found ? { name: nameOf(found), type: found.type, bytes: contents.read(found.kept) } : null;
    },
  };
}

/** Uploading a document by its path, and reading what is known of one by path or id, in the drives that there are. */
export function driveOperations(drives: string[], drive: Drive): Operation[] {
  const inDrive =
    (answer: (id: string, request: GraphRequest, named: Record<string, string>) => Answer): Operation['answer'] =>
    (request, named) =>
      drives.includes(named.drive ?? '') ? answer(named.drive ?? '', request, named) : notFound();
  const item = (file: File | null, request: GraphRequest) =>
    file ? { status: 200, body: selected(request, driveItem(file, request)) } : notFound();
  return [
    { method: 'GET', path: '/drives/{drive}', answer: inDrive((id, request) => ({ status: 200, body: selected(request, { id }) })) },
    {
      method: 'PUT',
      path: '/drives/{drive}/root:/{itemPath}:/content',
      answer: inDrive((id, request, { itemPath = '' }) => {
        if (request.bytes === null) return refuse(413, 'invalidRequest', 'The file is too large.');
        if (!itemPath.split('/').every((name) => NAME.test(name)))
          return refuse(400, 'invalidRequest', 'The provided name cannot contain certain characters.');
        const behaviour = request.query.get('@microsoft.graph.conflictBehavior') ?? 'replace';
        const before = drive.at(id, itemPath);
        if (before && behaviour !== 'replace') return refuse(409, 'nameAlreadyExists', 'The specified item name already exists.');
        const file = drive.put(id, itemPath, request.contentType ?? 'application/octet-stream', request.bytes);
        return { status: before ? 200 : 201, body: driveItem(file, request) };
      }),
    },
    {
      method: 'GET',
      path: '/drives/{drive}/root:/{itemPath}',
      answer: inDrive((id, request, { itemPath = '' }) => item(drive.at(id, itemPath), request)),
    },
    {
      method: 'GET',
      path: '/drives/{drive}/items/{item}',
      answer: inDrive((id, request, named) => item(drive.find(id, named.item ?? ''), request)),
    },
  ];
}

function notFound(): Answer {
  return refuse(404, 'itemNotFound', 'The resource could not be found.');
}

function driveItem(file: File, request: GraphRequest): DriveItem {
  const folders = file.path.split('/').slice(0, -1);
  return {
    id: file.id,
    name: nameOf(file),
    size: file.size,
    createdDateTime: file.createdAt,
    lastModifiedDateTime: file.at,
    eTag: `"{${file.id.toUpperCase()}},${file.versions}"`,
    webUrl: new URL(request.base).origin + addressOf(file),
    parentReference: {
      driveId: file.drive,
      driveType: 'documentLibrary',
      path: ['/drives', file.drive, ['root:', ...folders].join('/')].join('/'),
    },
    file: { mimeType: file.type },
  };
}

function nameOf(file: File): string {
  return file.path.split('/').at(-1) ?? '';
}

function addressOf(file: File): string {
  return `/files/${file.id}/content`;
}
