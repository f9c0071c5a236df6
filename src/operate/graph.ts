import type { Calendars } from '../app/calendars.ts';
import { OutsideFault } from '../app/faults.ts';
import type { Found } from '../app/health.ts';
import type { Directory } from '../directory/directory.ts';
import { fault, type Look, warning, well } from './doctor.ts';

/** What can be asked of Graph without anything coming of it. @throws OutsideFault */
export type GraphProbes = Pick<Calendars, 'busyTimes'> & {
  /** The ways of meeting online that the calendar of a mailbox offers, in Graph's own words. */
  meetingProviders(mailbox: string): Promise<string[]>;
  /** Whether mail may be sent from a mailbox: a message to nobody is refused for that, once it is known that its sender may send. */
  mayMail(mailbox: string): Promise<void>;
  library(drive: string): Promise<void>;
  /** Whether a person's mailbox can be looked up by their object id. */
  mayFindPeople(): Promise<void>;
  /** When the secrets of an app run out. */
  secretsEnd(appId: string): Promise<Temporal.Instant[]>;
};

/** As many mailboxes as one question may be about. */
const ASKED_AT_ONCE = 20;
const STEP_2 = 'See step 2 of docs/administration.md';

/** The looks at Microsoft Graph that a directory calls for: for each partnership its mailbox, its people's free/busy and its library. */
export function graphLooks(graph: GraphProbes, directory: Directory, now: () => Temporal.Instant): Look[] {
  const partnerships = Object.entries(directory.partnerships).flatMap(([id, { mailbox, library }]) => [
    look(`Calendar of ${id}`, `"Application Calendars.ReadWrite" for the mailbox`, async () => {
      const providers = await graph.meetingProviders(mailbox);
      if (providers.includes('teamsForBusiness')) return well('conferences can be booked, with a Teams link.');
      return warning('conferences can be booked, but without a Teams link.', 'Give the mailbox a licence with Teams (step 3).');
    }),
    look(`Free/busy of ${id}`, "that the app may read the mailbox's calendar", async () => {
      const people = directory.people.filter((person) => person.partnership === id).map(({ email }) => email);
      const from = now().add({ hours: 24 });
      let unknown = 0;
      for (let first = 0; first < people.length; first += ASKED_AT_ONCE) {
        const some = await graph.busyTimes(mailbox, people.slice(first, first + ASKED_AT_ONCE), from, from.add({ hours: 1 }));
        unknown += [...some.values()].filter((times) => times === 'unknown').length;
      }
      if (unknown === 0) return well(`it can be read for all ${people.length} people.`);
      return warning(
        `it cannot be read for ${unknown} of ${people.length} people, who count as not known and never as free.`,
        'Check their addresses in the directory file, and that they share free/busy; see the check of step 3.',
      );
    }),
    look(`Mail of ${id}`, `"Application Mail.Send" for the mailbox`, async () => {
      await graph.mayMail(mailbox);
      return well('letters can be sent.');
    }),
    ...(library
      ? [
          look(`Library of ${id}`, "`Sites.Selected` with the role `write` on the library's site", async () => {
            await graph.library(library.drive);
            return well('it can be read; whether it can be written to shows when the first reasons are filed.');
          }),
        ]
      : []),
  ]);
  return [...partnerships, peopleLook(graph)];
}

/** A look whose refusal is cured by a grant in Entra, Exchange or SharePoint. */
function look(name: string, grant: string, at: () => Promise<Found>): Look {
  return {
    name,
    at: () =>
      at().catch((cause: unknown) => {
        if (!(cause instanceof OutsideFault) || cause.kind !== 'permission') throw cause;
        return fault(`Graph refuses it: ${cause.message}.`, `${STEP_2}: grant ${grant}. A new grant can take two hours to count.`);
      }),
  };
}

function peopleLook(graph: GraphProbes): Look {
  return {
    name: 'People who are not in the directory file',
    at: () =>
      graph.mayFindPeople().then(
        () => well('their mailboxes can be found.'),
        (cause: unknown) => {
          if (!(cause instanceof OutsideFault) || cause.kind !== 'permission') throw cause;
          return warning(
            'their mailboxes cannot be found, so they get no invitation and no mail.',
            `${STEP_2}: consent to User.Read.All; or leave it, if everybody is in the file.`,
          );
        },
      ),
  };
}

const WARNED_DAYS_BEFORE = 30;

/** When a secret or a certificate runs out; `ends` gives null where that cannot be read. */
export function expiryLook(name: string, ends: () => Promise<Temporal.Instant[] | null>, now: () => Temporal.Instant): Look {
  return {
    name,
    async at() {
      const instants = await ends();
      const last = instants?.toSorted(Temporal.Instant.compare).at(-1);
      if (!last)
        return warning(
          'when it runs out cannot be read from here.',
          'Keep the day in your diary: from then on nobody is answered. A managed identity has none.',
        );
      const day = last.toZonedDateTimeISO('Europe/London').toPlainDate();
      const days = Math.floor(now().until(last).total('hours') / 24);
      if (days < 0) return fault(`it ran out on ${day}.`, 'Make a new one in the app registration, set it, and restart.');
      if (days < WARNED_DAYS_BEFORE)
        return warning(`it runs out on ${day}, in ${days} days.`, 'Make a new one in the app registration, set it, and restart.');
      return well(`it runs until ${day}.`);
    },
  };
}
