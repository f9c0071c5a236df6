import { GraphClientError, GraphError } from '@microsoft/microsoft-graph-client';
import { OutsideFault } from '../app/ports.ts';

type Kind = OutsideFault['kind'];

const KINDS: Record<number, Kind> = {
  401: 'permission',
  403: 'permission',
  404: 'not-found',
  408: 'unreachable',
  410: 'not-found',
  423: 'unreachable',
  425: 'unreachable',
  429: 'throttled',
};

/**
 * A failed request to Graph as an OutsideFault: what kind it is, when to try again, and what the operator should look at.
 * `permission` is the application permission that the request needs. Neither text nor cause holds what Graph said in words:
 * its sentences name mailboxes, and faults are logged (X6).
 */
export function outsideFault(error: unknown, permission: string): OutsideFault {
  if (error instanceof OutsideFault) return error;
  if (error instanceof GraphClientError && error.customError instanceof OutsideFault) return error.customError;
  if (!(error instanceof GraphError) || error.statusCode < 400) return unreachable(error);
  const kind = kindOf(error.statusCode);
  return new OutsideFault(
    kind,
    `Graph answered ${[error.statusCode, plain(error.code), plain(error.requestId)].filter(Boolean).join(' ')}`,
    checkOf(kind, permission),
    {
      retryAfterSeconds: retryAfterSeconds(error.headers),
    },
  );
}

/** A request that got no answer, or none that could be read. */
export function unreachable(error: unknown): OutsideFault {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const timedOut = name === 'TimeoutError' || code === 'TimeoutError';
  return new OutsideFault('unreachable', timedOut ? 'Graph did not answer in time' : 'Graph could not be reached', CHECK_NETWORK, {
    cause: error,
  });
}

/** An answer that is not Graph's: it lacks what Microsoft's description promises. `paths` names what was missing. */
export function unreadable(paths: string): OutsideFault {
  return new OutsideFault(
    'unreachable',
    `the answer is not one that Graph gives (${paths})`,
    `${CHECK_NETWORK} Something in between may have answered in its place.`,
  );
}

/** Retry-After in seconds, from seconds or from a date (told from the answer's own date, so that no clock has to be right). */
export function retryAfterSeconds(headers: Headers | undefined): number | null {
  const value = headers?.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const wait = (Date.parse(value) - Date.parse(headers?.get('date') ?? '')) / 1000;
  return Number.isNaN(wait) ? null : Math.max(0, Math.ceil(wait));
}

const CHECK_NETWORK = 'Check GRAPH_BASE_URL and that this machine can reach it; it is tried again.';

function kindOf(status: number): Kind {
  return KINDS[status] ?? (status < 500 ? 'rejected' : 'unreachable');
}

function checkOf(kind: Kind, permission: string): string {
  switch (kind) {
    case 'permission':
      return `Check in Entra that the app has the application permission ${permission} with admin consent, and that no Exchange policy keeps it from this mailbox.`;
    case 'not-found':
      return "Check that the mailboxes in the directory file are the tenant's own and have Exchange Online; an event may have been deleted in Outlook.";
    case 'rejected':
      return 'Look the request-id up with Microsoft; Graph will refuse the same request again.';
    case 'throttled':
      return 'Nothing to do: Graph asked for a pause, and it is tried again after it.';
    case 'unreachable':
      return CHECK_NETWORK;
  }
}

function plain(text: string | null | undefined): string {
  return text && /^[\w.-]{1,80}$/.test(text) ? text : '';
}
