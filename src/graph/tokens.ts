import type { TokenCredential } from '@azure/identity';
import { OutsideFault } from '../app/faults.ts';

/**
 * Access tokens for one scope. Callers that ask at the same time share one request; keeping a token until it runs out is the
 * credential's own work; with `claims` (a claims request as JSON) it has to fetch a fresh one. The wait for a token ends after `timeoutMs`.
 * The answer rejects with an OutsideFault: `permission` where Entra refused the sign-in, else `unreachable`.
 */
export function tokens(credential: TokenCredential, scope: string, timeoutMs: number): (claims?: string) => Promise<string> {
  const underWay = new Map<string | undefined, Promise<string>>();
  const request = async (claims: string | undefined) => {
    try {
      const limit = AbortSignal.timeout(timeoutMs);
      const answer = await Promise.race([
        credential.getToken(scope, { abortSignal: limit, enableCae: true, ...(claims === undefined ? {} : { claims }) }),
        ended(limit),
      ]);
      if (!answer) throw new Error('the credential gave no token');
      return answer.token;
    } catch (error) {
      throw signInFault(error);
    }
  };
  return (claims) => {
    const asked = underWay.get(claims) ?? request(claims).finally(() => underWay.delete(claims));
    underWay.set(claims, asked);
    return asked;
  };
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/**
 * Only Entra's own refusal is final: the identity library reports an outage in the same classes as a wrong secret. 90033 is Entra's
 * "busy".
 */
function signInFault(error: unknown): OutsideFault {
  const refused = /AADSTS(?!90033)\d+/.exec(Error.isError(error) ? error.message : '');
  return refused
    ? new OutsideFault(
        'permission',
        `Entra refused the sign-in (${refused[0]})`,
        'Check the app id, the tenant id and the secret or certificate, and that it has not expired.',
        {
          cause: error,
        },
      )
    : new OutsideFault(
        'unreachable',
        'no token could be had from Entra',
        'Check that this machine can reach the sign-in address, and the credential settings.',
        {
          cause: error,
        },
      );
}
