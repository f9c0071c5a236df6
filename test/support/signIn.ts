import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwAwayCertificate } from './certificate.ts';

/**
 * A sign-in address that stands where Entra does, over https: it gives the app of `tenantId` that knows its secret a token for
 * the scope it asks for, and anybody else Entra's refusal. `certificateFile` is what its caller has to trust.
 */
export async function startSignIn(app: { tenantId: string; clientId: string; clientSecret: string }) {
  const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
  const certificateFile = join(directory, 'certificate.pem');
  const { key, certificate } = throwAwayCertificate();
  writeFileSync(certificateFile, certificate);

  const granted = new Map<string, string>();
  const server = createServer({ key, cert: certificate }, async (request, response) => {
    const path = new URL(request.url ?? '', address).pathname;
    const answers = path === `/${app.tenantId}/oauth2/v2.0/token` ? grant : path === `/${app.tenantId}/v2.0/.well-known/openid-configuration` ? metadata : nothing;
    const { status, body } = answers(await formOf(request));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const grant = (form: URLSearchParams) => {
    const isApp = form.get('client_id') === app.clientId && form.get('client_secret') === app.clientSecret;
    if (!isApp || form.get('grant_type') !== 'client_credentials') {
      return { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' } };
    }
    const token = `token-${randomUUID()}`;
    granted.set(token, (form.get('scope') ?? '').split(' ')[0] ?? '');
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token } };
  };
  const metadata = () => ({
    status: 200,
    body: {
      issuer: `${address}/${app.tenantId}/v2.0`,
      authorization_endpoint: `${address}/${app.tenantId}/oauth2/v2.0/authorize`,
      token_endpoint: `${address}/${app.tenantId}/oauth2/v2.0/token`,
      jwks_uri: `${address}/${app.tenantId}/discovery/v2.0/keys`,
    },
  });
  const nothing = () => ({ status: 404, body: { error: 'invalid_tenant', error_description: 'AADSTS90002: Tenant not found.' } });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    certificateFile,
    /** The scope that the token of an Authorization header was given for; null for a token that was not given here. */
    scopeOf: (authorization: string | undefined) => granted.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '') ?? null,
    close: () =>
      new Promise<void>((resolve) => {
        rmSync(directory, { recursive: true, force: true });
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
