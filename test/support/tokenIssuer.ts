import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What a token is to say, where it differs from a good one. */
export type TokenChanges = {
  claims?: JWTPayload;
  expiresIn?: string;
  /** From when on it is good: `10m` is ten minutes from now. */
  notBefore?: string;
  keyId?: string;
  signedBy?: 'the issuer' | 'somebody else' | 'the key for web chat' | 'the published key, as a secret';
};

/**
 * A token issuer that stands where Teams' own does: it publishes its OpenID metadata and its key over HTTP, and signs tokens
 * that are good for `appId`, calls to `serviceUrl` and the next five minutes, unless told otherwise. A second key of its own is
 * endorsed for another channel than Teams.
 */
export async function startTokenIssuer(appId: string, serviceUrl: string) {
  const [own, others, webChat] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const kid = 'key-1';
  const published = async ({ publicKey }: typeof own, id: string, channel: string) => {
    return { ...(await exportJWK(publicKey)), kid: id, use: 'sig', endorsements: [channel] };
  };
  const jwks = [await published(own, kid, 'msteams'), await published(webChat, 'key-web-chat', 'webchat')];
  const signing = {
    'the issuer': { alg: 'RS256', kid, key: own.privateKey },
    'somebody else': { alg: 'RS256', kid, key: others.privateKey },
    'the key for web chat': { alg: 'RS256', kid: 'key-web-chat', key: webChat.privateKey },
    'the published key, as a secret': { alg: 'HS256', kid, key: new TextEncoder().encode(await exportSPKI(own.publicKey)) },
  };
  const server = createServer((request, response) => {
    const answer = request.url === '/keys' ? { keys: jwks } : { issuer, jwks_uri: `${address}/keys` };
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
    async bearer({ claims = {}, expiresIn = '5m', notBefore, keyId, signedBy = 'the issuer' }: TokenChanges = {}): Promise<string> {
      const { alg, kid: own, key } = signing[signedBy];
      const jwt = new SignJWT({ iss: issuer, aud: appId, serviceurl: serviceUrl, ...claims }).setProtectedHeader({
        alg,
        kid: keyId ?? own,
      });
      if (notBefore !== undefined) jwt.setNotBefore(notBefore);
      return `Bearer ${await jwt.setIssuedAt().setExpirationTime(expiresIn).sign(key)}`;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
