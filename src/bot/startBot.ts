import type { Chat, Log } from '../app/ports.ts';
import { type Adapter, type BotIdentity, CONNECTOR_LIMIT, sandboxAdapter, type TokenSource, tenantAdapter } from './adapter.ts';
import { type ChatSettings, teamsChat } from './chat.ts';
import type { Farewell } from './departure.ts';
import { guestGate } from './guestGate.ts';
import type { BodyLimits } from './readBody.ts';
import { type Doors, receiver } from './receive.ts';
import { botServer, type Metrics } from './server.ts';
import { type TurnDependencies, turns } from './turn.ts';
import { inTurn } from './turnTime.ts';

/** What a bot is started with. */
export type BotOptions = {
  /** 0 takes a free port. */
  port: number;
  /**
   * `sandbox` believes whatever it is told and so listens on 127.0.0.1 only. `serviceUrl` is where the bot opens chats itself:
   * in a sandbox that of the stand-in for Teams, once it is there. `host` null listens on every address of the machine.
   */
  mode:
    | { kind: 'sandbox'; serviceUrl(): string | null }
    | { kind: 'tenant'; identity: BotIdentity; credential: TokenSource; serviceUrl: string; allowGuests: boolean; host: string | null };
  /** How long a call to Teams may take, in milliseconds. */
  connectorLimit?: number;
  bodyLimits?: BodyLimits;
};

/** The bot before it listens: its `chat` is for the jobs, which have to be there before the first turn. */
export type Bot = {
  chat: Chat;
  /** Begins to listen; returns the port. Where it `answers` nobody, it only says whether it is up and ready. */
  listen(
    deps: TurnDependencies & { ready(): Promise<boolean>; answers?: boolean; metrics?: Metrics },
  ): Promise<{ port: number; close(times?: Farewell): Promise<void> }>;
};

/**
 * Makes the bot in two steps, because jobs need the chat and turns need the jobs.
 * @throws Error for a tenant without an app id
 */
export function makeBot({ port, mode, connectorLimit = CONNECTOR_LIMIT, bodyLimits }: BotOptions, log: Log): Bot {
  const { adapter, settings, host } = wayToTeams(mode, log, connectorLimit);
  const chat = teamsChat(adapter, settings);
  return {
    chat,
    async listen(deps) {
      const doors = doorsOf(mode, deps);
      const receive = receiver(adapter, doors, turns(deps, mode.kind === 'sandbox'), log);
      const server = botServer({
        receive:
          deps.answers === false
            ? async () => ({ status: 503 })
            : (body, authorization) => inTurn(connectorLimit, () => receive(body, authorization)),
        ready: () => deps.ready(),
        ...(deps.metrics ? { metrics: deps.metrics } : {}),
        log,
        localOnly: doors === null,
        ...(bodyLimits ? { limits: bodyLimits } : {}),
      });
      return { port: await server.listen(port, host), close: server.close };
    },
  };
}

function doorsOf(mode: BotOptions['mode'], { directory }: TurnDependencies): Doors | null {
  if (mode.kind === 'sandbox') return null;
  const { tenantId } = mode.identity;
  return { tenantId, ...(mode.allowGuests ? {} : { mayEnter: guestGate(directory, tenantId) }) };
}

function wayToTeams(mode: BotOptions['mode'], log: Log, limit: number): { adapter: Adapter; settings: ChatSettings; host?: string } {
  if (mode.kind === 'sandbox') {
    return {
      adapter: sandboxAdapter(log, limit),
      settings: { appId: '', tenantId: null, serviceUrl: () => mode.serviceUrl() },
      host: '127.0.0.1',
    };
  }
  const { identity, credential, serviceUrl, host } = mode;
  const { appId, tenantId } = identity;
  return {
    adapter: tenantAdapter(identity, credential, log, limit),
    settings: { appId, tenantId, serviceUrl: () => serviceUrl },
    ...(host === null ? {} : { host }),
  };
}
