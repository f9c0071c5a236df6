import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { type Handler, urlOf } from './server.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const FOLDER = join(import.meta.dirname, 'page');
const PLACES = /^\/(people|clock|calendars|mail|files|jobs|groups|cases(\/[^/]+)?|chats(\/[^/]+)?)?$/;
/** The page loads nothing from anywhere else; the card library sets styles on elements. */
const POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/**
 * Gives a browser the sandbox's page at every address that gives a program JSON, and the page's own files under `/page/`.
 * Which page a browser shows is the page's business: it reads the address.
 */
export function pagesHandler(): Handler {
  const renderer = join(dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')), 'dist', 'adaptivecards.min.js');
  return async (request, response) => {
    const { pathname } = urlOf(request);
    const file = pathname.startsWith('/page/') ? pathname.slice('/page/'.length) : null;
    const wantsPage =
      file === null && PLACES.test(pathname) && (pathname === '/' || request.headers.accept?.includes('text/html') === true);
    if (request.method !== 'GET' || (file === null && !wantsPage) || (file !== null && !/^[a-zA-Z]+\.(js|css|svg)$/.test(file)))
      return false;
    const path = file === 'adaptivecards.js' ? renderer : join(FOLDER, file ?? 'index.html');
    const content = await readFile(path).catch(() => null);
    if (content === null) return false;
    response.writeHead(200, {
      'Content-Type': `${TYPES[extname(path)]}; charset=utf-8`,
      'Cache-Control': 'no-cache',
      Vary: 'Accept',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(content);
    return true;
  };
}
