import { calendarAligner } from './app/alignCalendar.ts';
import { timesFinder } from './app/findTimes.ts';
import type { Calendars, Clock, Log } from './app/ports.ts';
import type { CaseDependencies } from './app/seeCase.ts';
import { type BotOptions, makeBot } from './bot/startBot.ts';
import { faultsBetween, warningsAbout } from './directory/crossChecks.ts';
import type { Directory } from './directory/directory.ts';
import { readDirectory } from './directory/readDirectory.ts';
import { dailyRound } from './jobs/dailyRound.ts';
import { openQueue } from './jobs/queue.ts';
import { type Jobs, startJobs } from './jobs/startJobs.ts';
import { everybodyTold } from './jobs/tellEveryone.ts';
import { FileFaults } from './procedures/dataFile.ts';
import { loadLibrary } from './procedures/loadLibrary.ts';
import { changedVersions } from './procedures/publishedVersions.ts';
import { accessLog } from './storage/accessLog.ts';
import { bookingRows } from './storage/bookingRows.ts';
import { caseStore } from './storage/caseStore.ts';
import { conversations } from './storage/conversations.ts';
import type { Database } from './storage/database.ts';
import { postedCards } from './storage/postedCards.ts';
import { versionsInUse } from './storage/versionsInUse.ts';

/** What tells a real tenant's program from the sandbox's: where it keeps things, and who stands at its edges. */
export type Parts = {
  proceduresDirectory: string;
  directoryFile: string;
  openDatabase(): Promise<Database>;
  bot: BotOptions;
  calendars(): Calendars;
  clock: Clock;
  log: Log;
};

/** The running program. */
export type Program = {
  /** The port that Teams' messages arrive on. */
  port: number;
  cases: CaseDependencies;
  jobs: Jobs;
  directory(): Directory;
  /** Does what falls due by the clock as it now stands, without waiting for the next look. */
  lookAtClock(): Promise<void>;
  /** Takes no more messages, finishes what is in hand, and closes the store. */
  close(): Promise<void>;
};

/**
 * Wires the program together and starts it. Procedures, calendars and the directory are read and checked before anything is opened,
 * and procedures then against the cases that were opened under them, before anything is done (X2).
 * @throws FileFaults with every fault of every file; Error with a plain sentence for a store or port that cannot be had
 */
export async function startProgram(parts: Parts): Promise<Program> {
  const { clock, log } = parts;
  const library = loadLibrary(parts.proceduresDirectory);
  const directory = readDirectory(parts.directoryFile, {
    check: (read) => faultsBetween(read, library),
    onFaults: (faults) => log.warn('the directory file has changed and has faults; the one before stays in use', { faults: faults.length }),
  });
  for (const warning of warningsAbout(directory())) log.warn(`${parts.directoryFile}: ${warning}`);

  const database = await parts.openDatabase();
  const changed = changedVersions(library, await versionsInUse(database.kysely));
  for (const warning of changed.warnings) log.warn(warning);
  if (changed.faults.length > 0) {
    await database.close();
    throw new FileFaults(changed.faults);
  }
  const queue = await openQueue({ database, log });
  const { kysely } = database;
  const cases: CaseDependencies = { cases: caseStore(kysely, queue), access: accessLog(kysely), library, directory, clock, log };
  const chats = { posted: postedCards(kysely), conversations: conversations(kysely) };
  const outlook = { calendars: parts.calendars(), bookings: bookingRows(kysely) };

  const bot = makeBot(parts.bot, log);
  const jobs = startJobs({
    queue,
    log,
    handlers: {
      tell: everybodyTold({ ...cases, ...chats, chat: bot.chat }),
      'find-times': timesFinder({ ...cases, ...outlook }),
      'align-calendar': calendarAligner({ ...cases, ...outlook }),
    },
  });
  const round = dailyRound({ ...cases, enqueue: jobs.enqueue });
  const ready = () =>
    database.pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
  const listening = await bot.listen({
    ...cases,
    ...chats,
    enqueueTell: (reference) => jobs.enqueue({ name: 'tell', reference }),
    wake: jobs.wake,
    ready,
  });

  return {
    port: listening.port,
    cases,
    jobs,
    directory,
    lookAtClock: round.look,
    async close() {
      await listening.close();
      await round.stop();
      await jobs.stop();
      await queue.close();
      await database.close();
    },
  };
}
