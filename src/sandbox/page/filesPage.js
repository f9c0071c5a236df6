import { get } from './api.js';
import { make } from './elements.js';
import { table } from './facts.js';
import { sayInstant, saySize } from './words.js';

/** The document libraries, folder by folder. Answers the page's heading. */
export async function filesPage(main) {
  const files = await get('/files');
  const heading = make('h1', { tabIndex: -1 }, 'Files');
  const libraries = [...Map.groupBy(files, ({ drive }) => drive)].sort(byName).map(libraryElement);
  main.replaceChildren(
    make('section', { class: 'plain' }, heading, libraries.length === 0 ? make('p', {}, 'Nothing has been filed.') : libraries),
  );
  return heading;
}

function libraryElement([drive, files]) {
  const folders = [...Map.groupBy(files, ({ folder }) => folder)].sort(byName);
  return make('section', { class: 'library' }, make('h2', {}, `Library ${drive}`), folders.map(folderElement));
}

function folderElement([folder, files]) {
  const documents = files.length === 1 ? '1 document' : `${files.length} documents`;
  const title = make('h3', {}, folder || 'In no folder');
  return make(
    'details',
    { open: true },
    make('summary', {}, title, make('span', { class: 'quiet' }, documents)),
    table(`In ${folder || 'no folder'}`, ['Document', 'Filed', 'Size', 'Uploaded'], files.map(fileRow)),
  );
}

function fileRow({ path, folder, at, size, versions, address }) {
  const name = folder ? path.slice(folder.length + 1) : path;
  const link = make('a', { href: address, download: name.split('/').at(-1) }, name);
  return [link, make('time', { datetime: at }, sayInstant(at)), saySize(size), versions === 1 ? 'once' : `${versions} times`];
}

function byName([one], [other]) {
  return one.localeCompare(other, 'en-GB', { numeric: true });
}
