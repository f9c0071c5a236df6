import { GraphClientError, GraphError } from '@microsoft/microsoft-graph-client';
import { OutsideFault } from '../app/faults.ts';

type Kind = Exclude<OutsideFault['kind'], 'apart' | 'not-yet'>;

/** Whether a request may be sent again where nobody knows if it was carried out: a letter may not, so that none goes twice. */
export type Deed = 'repeatable' | 'once';

const KINDS: Record<number, Kind> = {
  401: 'permission',
  403: 'permission',
  404: 'not-found',
  408: 'unreachable',
  409: 'conflict',
  410: 'gone',
  412: 'conflict',
  423: 'unreachable',
  425: 'unreachable',
  429: 'throttled',
};

/** What Graph's own word for an error tells beyond its number, and what to do about it (OB5, OB11). */
const CODES: Record<string, { kind?: Kind; check: string }> = {
  ErrorItemNotFound: { kind: 'gone', check: 'Nothing to do for you: it was deleted in Outlook, and the booker can book it anew.' },
  MailboxNotEnabledForRESTAPI: {
    kind: 'not-found',
    check: 'Give the mailbox an Exchange Online licence, or move it to Exchange Online: it has none that Graph can reach.',
  },
  ErrorInvalidUser: {
    kind: 'not-found',
    check: 'Put the address of a mailbox of your tenant in the directory file: Graph knows no such user.',
  },
  ErrorIrresolvableConflict: { kind: 'conflict', check: 'Nothing to do: somebody changed it in the same moment, and it is tried again.' },
};

/**
 * A failed request to Graph as an OutsideFault: what kind it is, when to try again, and what the operator should look at.
 * `permission` is the application permission that the request needs. Neither text nor cause holds what Graph said in words:
 * its sentences name mailboxes, and faults are logged (X6).
 */
export function outsideFault(error: unknown, permission: string, deed: Deed): OutsideFault {
  const reason = error instanceof GraphClientError ? (error.customError ?? error) : error;
  if (reason instanceof OutsideFault) return reason;
  if (!(reason instanceof GraphError) || reason.statusCode < 400) return unanswered(reason, deed);
  const known = CODES[reason.code ?? ''];
  const kind = known?.kind ?? kindOf(reason.statusCode, deed);
  return new OutsideFault(
    kind,
    `Graph answered ${[reason.statusCode, plain(reason.code), plain(reason.requestId)].filter(Boolean).join(' ')}`,
    known?.check ?? (reason.statusCode === 401 ? CHECK_SIGN_IN : checkOf(kind, permission)),
    {
      retryAfterSeconds: retryAfterSeconds(reason.headers),
    },
  );
}

/** What the client makes of a refusal by itself, for an answer that was asked for raw. */
export async function refusalIn(response: Response): Promise<GraphError> {
  const body = (await response.json().catch(() => null)) as { error?: { code?: string } } | null;
  return Object.assign(new GraphError(response.status), {
    code: body?.error?.code ?? null,
    requestId: response.headers.get('request-id'),
    headers: response.headers,
  });
}

/** A request that got no answer, or none that could be read. */
function unanswered(error: unknown, deed: Deed): OutsideFault {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const timedOut = name === 'TimeoutError' || code === 'TimeoutError';
  const answered = !timedOut && (error instanceof SyntaxError || error instanceof GraphError);
  const kind = deed === 'once' && !neverConnected(error) ? 'uncertain' : answered ? 'unreadable' : 'unreachable';
  return new OutsideFault(kind, timedOut ? 'Graph did not answer in time' : 'Graph could not be reached', checkOf(kind, ''), {
    cause: error,
  });
}

type NetworkError = { code?: unknown; syscall?: unknown; cause?: unknown; errors?: unknown };

/** Whether a network error came before any of the request went out: no name, no connection, or no certificate to trust. */
function neverConnected(error: unknown): boolean {
  const { code, syscall, cause, errors } = (error ?? {}) as NetworkError;
  if (cause !== undefined) return neverConnected(cause);
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(neverConnected);
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    /^(CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/.test(String(code))
  );
}

/** An answer that is not Graph's: it lacks what Microsoft's description promises. `paths` names what was missing. */
export function unreadable(paths: string): OutsideFault {
  return new OutsideFault('unreadable', `the answer is not one that Graph gives (${paths})`, checkOf('unreadable', ''));
}

/** Retry-After in seconds, from seconds or from a date (told from the answer's own date, so that no clock has to be right). */
export function retryAfterSeconds(headers: Headers | undefined): number | null {
  const value = headers?.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const wait = (Date.parse(value) - Date.parse(headers?.get('date') ?? '')) / 1000;
  return Number.isNaN(wait) ? null : Math.max(0, Math.ceil(wait));
}

const CHECK_SIGN_IN =
  "Look at the app's sign-ins in Entra: Graph does not take its token, nor a fresh one. It may be disabled, or a Conditional Access policy may keep it out.";
const CHECK_NETWORK = 'Check GRAPH_BASE_URL and that this machine can reach it; it is tried again.';

/** Of the 5xx, 503 alone is an answer from before anything was done. */
function kindOf(status: number, deed: Deed): Kind {
  if (status < 500) return KINDS[status] ?? 'rejected';
  return deed === 'once' && status !== 503 ? 'uncertain' : 'unreachable';
}

function checkOf(kind: Kind, permission: string): string {
  switch (kind) {
    case 'permission':
      return `Check in Entra that the app has the application permission ${permission} with admin consent, or was granted it for this mailbox or library, and that no Exchange policy keeps it out.`;
    case 'not-found':
      return "Check that the mailboxes and libraries in the directory file are the tenant's own, and that the mailboxes have Exchange Online.";
    case 'gone':
      return 'Nothing to do for you: what was asked for is no more. Whoever needs it can make it anew.';
    case 'conflict':
      return 'Nothing to do: somebody changed it in the same moment, and it is tried again.';
    case 'unreadable':
      return 'Look whether a proxy answers in the place of Graph, or GRAPH_BASE_URL leads elsewhere. It is tried again a few times.';
    case 'rejected':
      return 'Look the request-id up with Microsoft; Graph will refuse the same request again.';
    case 'throttled':
      return 'Nothing to do: Graph asked for a pause, and it is tried again after it.';
    case 'unreachable':
      return CHECK_NETWORK;
    case 'uncertain':
      return 'Look in the Sent Items of the mailbox that it goes out from: it may be there, though Graph did not say so. It is not sent again by itself.';
  }
}

function plain(text: string | null | undefined): string {
  return text && /^[\w.-]{1,80}$/.test(text) ? text : '';
}
