import { Webhook } from 'standardwebhooks';
import { OutsideFault } from '../app/faults.ts';
import type { CaseSystem } from '../app/jobs/tellCaseSystem.ts';

/** Where the messages go, and the secret that both sides hold: `whsec_` and base64. */
export type WebhookTarget = { url: string; secret: string };

const LIMIT_MILLISECONDS = 10_000;
const ADDRESS = 'WEBHOOK_URL, and whether what listens there runs and can be reached';
const SECRET = 'WEBHOOK_SECRET, which has to be the same on both sides';

/**
 * Tells a case system of a change by a signed message, in the form of Standard Webhooks (OP9): the case's reference, the kind of change and its
 * instant, and nothing else. `webhook-id` is the same when a message comes again, so that a receiver can pass it over.
 */
export function webhook({ url, secret }: WebhookTarget): CaseSystem {
  const signer = new Webhook(secret);
  return {
    async tell({ reference, number, kind, at }) {
      const id = `${reference}.${number}`;
      const sent = new Date();
      const body = JSON.stringify({ type: kind, timestamp: at, data: { reference } });
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sent.getTime() / 1000)),
        'webhook-signature': signer.sign(id, sent, body),
      };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
      }).catch((cause: unknown) => {
        throw new OutsideFault('unreachable', 'the case system could not be reached', ADDRESS, { cause });
      });
      await response.body?.cancel();
      if (!response.ok) throw refusal(response);
    },
  };
}

/** What the receiver's refusal means: what it may take later is tried again, and what it will not is told to the administrators. */
function refusal({ status, headers }: Response): OutsideFault {
  const told = (kind: OutsideFault['kind'], check: string, retryAfterSeconds: number | null = null) =>
    new OutsideFault(kind, `the case system answered ${status}`, check, { retryAfterSeconds });
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (status === 429) return told('throttled', ADDRESS, Number.isFinite(seconds) ? seconds : null);
  if (status >= 500 || status === 408) return told('unreachable', ADDRESS);
  if (status === 401 || status === 403) return told('permission', SECRET);
  return told(status === 404 || status === 410 ? 'not-found' : 'rejected', ADDRESS);
}
