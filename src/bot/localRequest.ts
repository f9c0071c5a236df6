import type { IncomingHttpHeaders } from 'node:http';

const LOCAL = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Whether a request names this machine, and comes from no page of another site. A browser on this machine may be led to ask for a web
 * page's address here, under the page's own name (DNS rebinding); what believes everybody on the machine has to look.
 */
export function isLocalRequest({ headers: { host = '', origin } }: { headers: IncomingHttpHeaders }): boolean {
  return LOCAL.test(host) && (origin === undefined || LOCAL.test(origin.replace(/^http:\/\//, '')));
}
