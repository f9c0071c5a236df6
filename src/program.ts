import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Calendars } from './app/calendars.ts';
import type { Place } from './app/checkpoint.ts';
import { coveredDirectory, directoryKept } from './app/coveredDirectory.ts';
import type { LookAtHealth } from './app/health.ts';
import { calendarAligner } from './app/jobs/alignCalendar.ts';
import { evidenceChecked } from './app/jobs/checkEvidence.ts';
import { checkpointRound } from './app/jobs/checkpointRound.ts';
import { dailyRound } from './app/jobs/dailyRound.ts';
import { reasonsFiler } from './app/jobs/fileReasons.ts';
import { linkFinder } from './app/jobs/findLink.ts';
import { timesFinder } from './app/jobs/findTimes.ts';
import { looksBetween, outlookLooker, outlookRound } from './app/jobs/lookAtOutlook.ts';
import { unreachedMailed } from './app/jobs/mailUnreached.ts';
import { checkpointMaker } from './app/jobs/makeCheckpoint.ts';
import { documentSender } from './app/jobs/sendDocuments.ts';
import { type CaseSystem, caseSystemTold } from './app/jobs/tellCaseSystem.ts';
import { partnershipTold } from './app/jobs/tellPartnership.ts';
import type { Clock, Files, Log, Mail } from './app/ports.ts';
import { morningsBetween } from './app/reminders.ts';
import { oneDirectory } from './app/replicas.ts';
import type { CaseDependencies } from './app/seeCase.ts';
import { type BotOptions, makeBot } from './bot/startBot.ts';
import type { Role } from './config.ts';
import { conversation } from './conversation/conversation.ts';
import { caughtUp } from './conversation/jobs/catchUp.ts';
import { stuckReported } from './conversation/jobs/reportStuck.ts';
import { remindersSender } from './conversation/jobs/sendReminders.ts';
import { everybodyTold } from './conversation/jobs/tellEveryone.ts';
import { faultsBetween, missingPartnerships, type PartnershipInUse, warningsAbout } from './directory/crossChecks.ts';
import type { Directory } from './directory/directory.ts';
import { readDirectory } from './directory/readDirectory.ts';
import { dateOf } from './domain/londonTime.ts';
import { everyMinute } from './jobs/everyMinute.ts';
import { after, eachAfter } from './jobs/handlersAfter.ts';
import { openQueue } from './jobs/queue.ts';
import { type Jobs, startJobs } from './jobs/startJobs.ts';
import { drawDocument } from './letters/drawDocument.ts';
import { FileFaults, placesOf } from './procedures/dataFile.ts';
import { loadLibrary } from './procedures/loadLibrary.ts';
import { changedVersions } from './procedures/publishedVersions.ts';
import { drawSheet } from './sheets/drawSheet.ts';
import { accessLog } from './storage/accessLog.ts';
import { checkEvidence } from './storage/audit/checkEvidence.ts';
import { bookingClaims } from './storage/bookingClaims.ts';
import { bookingRows } from './storage/bookingRows.ts';
import { caseStore } from './storage/caseStore.ts';
import { caseSystemReach } from './storage/caseSystemReach.ts';
import { casesAboutChild } from './storage/casesAboutChild.ts';
import { casesRaised } from './storage/casesRaised.ts';
import { type CheckpointKey, checkpointSigner } from './storage/checkpointSigner.ts';
import { conversations } from './storage/conversations.ts';
import { covers } from './storage/covers.ts';
import type { Database } from './storage/database.ts';
import { recordDirectory } from './storage/directoryTrail.ts';
import { evidenceLog } from './storage/evidenceLog.ts';
import { guestsEntered } from './storage/guestsEntered.ts';
import type { KeyVault } from './storage/keyVault.ts';
import { postedCards } from './storage/postedCards.ts';
import { reminderRows } from './storage/reminders.ts';
import { replicas } from './storage/replicas.ts';
import { sendingRows } from './storage/sendingRows.ts';
import { standing } from './storage/standing.ts';
import { openKeys } from './storage/storeKeys.ts';
import { stuckNotices } from './storage/stuckNotices.ts';
import { unreachedPeople } from './storage/unreached.ts';
import { partnershipsInUse, versionsInUse } from './storage/versionsInUse.ts';
import {
  measuredAccess,
  measuredCheck,
  measuredConversation,
  measuredHandlers,
  measuredOutside,
  watchStanding,
} from './telemetry/measured.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/** In milliseconds: a container's host takes a program for stuck, and kills it, a little later. */
const ENDS_WITHIN = 18_000;

/** What tells a real tenant's program from the sandbox's: where it keeps things, and who stands at its edges. */
export type Parts = {
  proceduresDirectory: string;
  directoryFile: string;
  openDatabase(): Promise<Database>;
  /** Holds the master key that the store is sealed with. */
  vault: KeyVault;
  bot: BotOptions;
  /** What this copy does of all that the program does; {@link Role}. */
  role?: Role;
  calendars(): Calendars;
  mail(): Mail;
  files(): Files;
  /** Looks at what a real tenant's program stands on; null in the sandbox (OP1). */
  health: LookAtHealth | null;
  /** The council's case system, where it hears of changes. */
  caseSystem: CaseSystem | null;
  /** What signs checkpoints, and where they go; `mailFrom` is the mailbox that mail about the whole program is sent from. */
  checkpointKey: CheckpointKey;
  checkpointPlaces(outside: { mail: Mail; mailFrom(): string }): Place[];
  clock: Clock;
  log: Log;
  telemetry: Telemetry;
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
  /** For a clock that is moved on: where it has to stop for `lookAtClock` and the jobs, so that all is done as if time had passed. */
  passage: Pick<Jobs, 'nextTry' | 'timePassed'> & {
    stops(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant[]>;
  };
  /**
   * Begins no more jobs and is not ready from now on, but answers whoever comes for so many milliseconds more. Then it takes no more
   * messages, finishes what is in hand, and closes the store, within {@link ENDS_WITHIN} altogether (OP3).
   */
  close(drain?: number): Promise<void>;
};

/**
 * Wires the program together and starts it. Procedures, calendars and the directory are read and checked before anything is opened,
 * and procedures then against the cases that were opened under them, before anything is done (X2).
 * @throws FileFaults with every fault of every file; Error with a plain sentence for a store or port that cannot be had
 */
export async function startProgram(parts: Parts): Promise<Program> {
  const { clock, telemetry, log, role = 'all' } = parts;
  const library = loadLibrary(parts.proceduresDirectory);
  let inUse: PartnershipInUse[] = [];
  const readFile = readDirectory(parts.directoryFile, {
    check: (read) => [...faultsBetween(read, library), ...missingPartnerships(read, inUse)],
    onFaults: (faults) =>
      log.warn('the directory file has changed and has faults; the one before stays in use', {
        faults: faults.length,
        places: placesOf(faults).join(', '),
        check: `npm run directory -- check ${parts.directoryFile}`,
      }),
  });
  for (const warning of warningsAbout(readFile(), library.procedures)) log.warn(`${parts.directoryFile}: ${warning}`);

  const database = await parts.openDatabase();
  const { kysely } = database;
  const changed = changedVersions(library, await versionsInUse(kysely));
  for (const warning of changed.warnings) log.warn(warning);
  inUse = await partnershipsInUse(kysely);
  const missing = missingPartnerships(readFile(), inUse).map((fault) => `${parts.directoryFile}: ${fault}`);
  if (changed.faults.length + missing.length > 0) {
    await database.close();
    throw new FileFaults([...changed.faults, ...missing]);
  }
  const { keys, signer } = await openKeys(kysely, parts.vault)
    .then((opened) => ({ keys: opened, signer: checkpointSigner(opened, parts.checkpointKey) }))
    .catch(async (fault: unknown) => {
      await database.close();
      throw fault;
    });
  const queue = await openQueue({ database, log, clock });
  const stored = covers(kysely, keys, queue, log);
  const keep = async (file: Directory) => {
    await recordDirectory(kysely, keys, file, clock.now());
    await guestsEntered(kysely, keys, file);
  };
  const kept = directoryKept(keep, readFile, log);
  const unreached = unreachedPeople(kysely);
  const { directory, presentCovers } = coveredDirectory({ read: readFile, covers: stored, unreached, clock, kept });
  await presentCovers();
  const cases: CaseDependencies = {
    cases: caseStore(kysely, keys, queue),
    access: measuredAccess(telemetry, accessLog(kysely, keys)),
    library,
    directory,
    clock,
    log,
  };
  const chats = { posted: postedCards(kysely, keys), conversations: conversations(kysely, keys) };
  const reaching = { unreached, enqueue: queue.enqueue };
  const outlook = {
    calendars: measuredOutside(telemetry, 'calendars', parts.calendars()),
    bookings: bookingRows(kysely),
    claims: bookingClaims(kysely),
  };

  const reminders = reminderRows(kysely);
  const mail = measuredOutside(telemetry, 'mail', parts.mail());
  const files = measuredOutside(telemetry, 'files', parts.files());
  const mailFrom = () => Object.values(directory().partnerships)[0]!.mailbox;
  const evidence = { evidence: evidenceLog(kysely), places: parts.checkpointPlaces({ mail, mailFrom }), clock, log };
  log.info('checkpoints are signed; keep this key where they are checked', { key: signer.verifier });

  const running = replicas(kysely);
  const { present, agreed } = oneDirectory({ replicas: running, read: readFile, fingerprint, log });
  await present();

  const bot = makeBot(parts.bot, log);
  const chat = measuredOutside(telemetry, 'teams', bot.chat);
  const told = after(agreed, everybodyTold({ ...cases, ...chats, ...reaching, chat }));
  const jobs = startJobs({
    queue,
    log,
    works: role !== 'web',
    handlers: measuredHandlers(
      telemetry,
      eachAfter(presentCovers, {
        tell: async (reference, ...rest) => {
          if (parts.caseSystem) await queue.enqueue({ name: 'tell-case-system', reference });
          await told(reference, ...rest);
        },
        'tell-case-system': parts.caseSystem
          ? caseSystemTold({ ...cases, caseSystem: parts.caseSystem, reach: caseSystemReach(kysely) })
          : async () => {},
        'find-times': timesFinder({ ...cases, ...outlook }),
        'align-calendar': calendarAligner({ ...cases, ...outlook }),
        'find-link': linkFinder({ ...cases, ...outlook }),
        'look-at-outlook': outlookLooker({ ...cases, ...outlook }),
        send: documentSender({ ...cases, ...outlook, mail, sendings: sendingRows(kysely), drawDocument }),
        file: reasonsFiler({ ...cases, files, drawDocument }),
        remind: after(agreed, remindersSender({ ...cases, ...chats, ...reaching, chat, reminders })),
        'catch-up': caughtUp({ ...cases, ...chats, ...reaching, reminders }),
        'mail-unreached': unreachedMailed({ ...cases, ...outlook, ...reaching, mail }),
        'tell-partnership': partnershipTold({ ...cases, enqueueAll: queue.enqueueAll }),
        checkpoint: checkpointMaker({ ...evidence, signer }),
        'check-evidence': evidenceChecked({ check: measuredCheck(telemetry, clock, () => checkEvidence(database, keys.vault)), log }),
        'report-stuck': stuckReported({ ...cases, ...chats, ...reaching, chat, notices: stuckNotices(kysely) }),
      }),
    ),
  });
  const goRound = dailyRound({ ...cases, posted: chats.posted, reminders, enqueueAll: queue.enqueueAll, presentCovers });
  const lookAtPartnerships = async () => {
    inUse = await partnershipsInUse(kysely);
  };
  const lookForCheckpoints = checkpointRound({ ...evidence, enqueue: jobs.enqueue });
  const lookAtOutlook = outlookRound({ ...cases, ...outlook, enqueue: jobs.enqueue });
  const looks = [present, lookAtPartnerships, ...(role === 'web' ? [] : [goRound, lookAtOutlook, lookForCheckpoints])];
  const rounds = looks.map((look) => everyMinute(look, log));
  const ready = () =>
    database.pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
  const talk = measuredConversation(
    telemetry,
    conversation({
      ...cases,
      ...chats,
      chat,
      covers: stored,
      presentCovers,
      health: parts.health,
      casesRaised: casesRaised(kysely),
      casesAboutChild: casesAboutChild(kysely, keys),
      jobs,
      enqueue: jobs.enqueue,
      mail,
      drawSheet,
    }),
  );
  const listening = await bot.listen({ conversation: talk, directory, ready, answers: role !== 'worker', metrics: telemetry.serve });
  watchStanding(telemetry, () => standing(kysely, dateOf(clock.now())));

  return {
    port: listening.port,
    cases,
    jobs,
    directory,
    async lookAtClock() {
      for (const look of looks) await look();
    },
    passage: {
      stops: async (from, to) => {
        const stops = [...(await morningsBetween(cases, from, to)), ...(await looksBetween({ ...cases, ...outlook }, from, to))];
        return stops.toSorted(Temporal.Instant.compare);
      },
      nextTry: jobs.nextTry,
      timePassed: jobs.timePassed,
    },
    async close(drain = 0) {
      const ends = performance.now() + ENDS_WITHIN;
      const finished = Promise.all([...rounds.map((round) => round.stop()), jobs.stop()]);
      await listening.close({ drain, inHand: ENDS_WITHIN - drain });
      await Promise.race([finished, delay(ends - performance.now(), null, { ref: false })]);
      for (const { name, reference } of jobs.running())
        log.warn('a job did not end in time; another copy, or the next start, takes it up', { job: name, reference });
      await telemetry.stop();
      await queue.close();
      await running.ended();
      await database.close();
    },
  };
}

/** Tells one text from another without saying what is in it. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
