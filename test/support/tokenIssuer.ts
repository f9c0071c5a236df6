import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What a token is to say, where it differs from a good one. */
export type TokenChanges = { claims?: JWTPayload; expiresIn?: string; keyId?: string; signedBy?: 'the issuer' | 'somebody else' };

/**
 * A token issuer that stands where Teams' own does: it publishes its OpenID metadata and its key over HTTP, and signs tokens
 * that are good for `appId`, calls to `serviceUrl` and the next five minutes, unless told otherwise.
 */
export async function startTokenIssuer(appId: string, serviceUrl: string) {
  const keys = { 'the issuer': await generateKeyPair('RS256'), 'somebody else': await generateKeyPair('RS256') };
  const kid = 'key-1';
  const jwk = { ...(await exportJWK(keys['the issuer'].publicKey)), kid, use: 'sig', endorsements: ['msteams'] };
  const server = createServer((request, response) => {
    const answer = request.url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: `${address}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = 'https://api.botframework.com';
  return {
    issuer,
    openIdMetadata: `${address}/metadata`,
    /** A token as it stands in the Authorization header. */
    async bearer({ claims = {}, expiresIn = '5m', keyId = kid, signedBy = 'the issuer' }: TokenChanges = {}): Promise<string> {
      const jwt = new SignJWT({ iss: issuer, aud: appId, serviceurl: serviceUrl, ...claims }).setProtectedHeader({
        alg: 'RS256',
        kid: keyId,
      });
      return `Bearer ${await jwt.setIssuedAt().setExpirationTime(expiresIn).sign(keys[signedBy].privateKey)}`;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
