import type { Handler } from '../server.ts';
import type { Shelf } from '../shelf.ts';
import type { Bot, Person } from './activities.ts';
import { type Chats, openChats } from './chats.ts';
import { type Client, teamsClient } from './client.ts';
import { connectorHandler } from './connector.ts';
import { deliverTo, noTroubles, type Troubles } from './delivery.ts';
import { type Files, keptFiles } from './files.ts';

/** The stand-in for Teams: a Bot Framework channel with its connector, its chats and its people. */
export type Teams = { client: Client; chats: Chats; connector: Handler; troubles: Troubles; files: Files };

/** What the stand-in for Teams needs of the sandbox. */
export type TeamsOptions = {
  shelf: Shelf;
  people: () => Person[];
  clock: { now(): Temporal.Instant };
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  botUrl: () => string;
  /** The sandbox's own address, without a slash at its end; the connector stands under `/teams` there. */
  sandboxUrl: () => string;
  tenantId: string;
  bot: Bot;
  /** How long the bot may take over an answer; Teams gives it 15 s. */
  answerLimitMilliseconds?: number;
};

/** Opens the stand-in on what the shelf holds. Its `connector` has to be among the sandbox server's handlers. */
export function openTeams(options: TeamsOptions): Teams {
  const { shelf, people, clock, botUrl, sandboxUrl, tenantId, bot, answerLimitMilliseconds = 15_000 } = options;
  const path = '/teams';
  const channel = { bot, tenantId, serviceUrl: () => `${sandboxUrl()}${path}/`, now: clock.now };
  const troubles = noTroubles();
  const chats = openChats(shelf, clock.now);
  const files = keptFiles(shelf);
  return {
    chats,
    troubles,
    files,
    client: teamsClient(chats, channel, deliverTo(botUrl, answerLimitMilliseconds, troubles)),
    connector: connectorHandler({ path, chats, people, channel, troubles, files }),
  };
}
