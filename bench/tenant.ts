import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { credentials } from '../test/support/realTenant.ts';
import { startSignIn } from '../test/support/signIn.ts';
import { startTokenIssuer } from '../test/support/tokenIssuer.ts';

/** A bot in a process of its own, as an operator starts it. */
export type Bot = { port: number; pid: number; readyAfterMilliseconds: number; megabytes(): number; stop(): Promise<void> };

/** What stands around both bots: a token issuer for Teams, a sign-in address, and a connector that takes whatever it is sent. */
export type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Opens it; `databaseUrl` is the program's store, `directoryFile` says who is there. */
export async function openTenant(databaseUrl: string, directoryFile: string) {
  const connector = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"sent-1"}');
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
  const { MicrosoftAppId: clientId, MicrosoftAppTenantId: tenantId, MicrosoftAppPassword: clientSecret } = credentials;
  const issuer = await startTokenIssuer(clientId, serviceUrl);
  const signIn = await startSignIn({ tenantId, clientId, clientSecret });
  const environment = {
    ...credentials,
    PATH: process.env.PATH ?? '',
    PORT: '0',
    DATA_DIR: tmpdir(),
    DIRECTORY_FILE: directoryFile,
    DATABASE_URL: databaseUrl,
    BotOpenIdMetadata: issuer.openIdMetadata,
    ToBotFromChannelTokenIssuer: issuer.issuer,
    TEAMS_SERVICE_URL: serviceUrl,
    GRAPH_BASE_URL: serviceUrl.slice(0, -1),
    AZURE_AUTHORITY_HOST: signIn.address,
    NODE_EXTRA_CA_CERTS: signIn.certificateFile,
  };
  return {
    serviceUrl,
    tenantId,
    bearer: () => issuer.bearer({ expiresIn: '1h' }),
    startProgram: () => start('../src/main.ts', 'Conference Dissent is ready', { ...environment, ROLE: process.env.BENCH_ROLE ?? 'all' }),
    /** The stock bots: the echo, and the sample that answers a press with this card. */
    startStock: (card: { template: object; data: object }) =>
      start('./echo.ts', 'echo is ready', { ...environment, CARD: JSON.stringify(card) }),
    async close() {
      connector.close();
      connector.closeAllConnections();
      await Promise.all([issuer.close(), signIn.close()]);
    },
  };
}

async function start(file: string, readyMessage: string, environment: Record<string, string>): Promise<Bot> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), fileURLToPath(new URL(file, import.meta.url))],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    const said = line.startsWith('{') ? (JSON.parse(line) as { msg: string; port: number }) : null;
    if (said?.msg !== readyMessage) continue;
    child.stdout.resume();
    return {
      port: said.port,
      pid: child.pid ?? 0,
      readyAfterMilliseconds: performance.now() - begun,
      megabytes: () => residentMegabytes(child.pid ?? 0),
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`${file} ended without being ready`);
}

/** How much memory a process holds, as Linux tells it; not a number elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
