import type { DocumentName, Recipient, SendingFailure } from './events/concludingEvents.ts';
import type { ConcludingEvent } from './events/events.ts';
import type { PersonId, Recorded, StageName } from './events/trail.ts';

/**
 * What follows a decision: letters and who they were sent to, who was told, what is on the children's files, and whether the dissenter
 * remains concerned: the part of a case's state that these events add up to.
 */

/** One message to one recipient. Counts from 1 over the whole case. */
export type Sending = {
  number: number;
  document: DocumentName;
  to: Recipient;
  /** `uncertain`: it may have gone, and a person says whether it has; `dropped`: it is not sent any more. */
  status: 'wanted' | 'sent' | 'failed' | 'uncertain' | 'dropped';
  cause: SendingFailure | null;
  wantedAt: string;
  /** How often it was wanted: a person may have it sent again. */
  times: number;
  /** When it became what it is. */
  at: string;
};

type Done = { at: string; by: PersonId };

/** Telling the parents of one decision (C22, S21, X8). */
export type TellingParents = {
  teller: PersonId | null;
  /** Nothing may be recorded as told before somebody looked whether there is a safe way (X8). */
  contact: (Done & { safe: boolean; approach: string | null }) | null;
  told: (Done & { on: string; means: string; everyone: boolean; note: string | null })[];
};

/** That the dissenter remains concerned, and whom their agency nominates to hear of it (C24). */
export type Concern = Done & {
  /** The decision that it follows; null where it was said before that was kept, and is then of every decision made by then. */
  after: StageName | null;
  representative: PersonId | null;
};

/** What became of letters, telling, filing and escalation. */
export type Conclusion = {
  /** `sendings` are the messages by which it goes, by number: not those that somebody asked for to read it themselves. */
  letters: Record<StageName, Done & { wording: string; own?: Record<string, string>; changes: string | null; sendings: number[] }>;
  sendings: Sending[];
  /** Tasks that a person or a job said are done, by their ids. */
  ticks: Record<string, Done & { note: string | null }>;
  parents: Record<StageName, TellingParents>;
  filed: Record<string, Done & { fileReference: string; item: string | null }>;
  filingFailed: Record<string, 'permission' | 'not-found' | 'rejected'>;
  /** That the dissenter remains concerned, said once for each decision at most (C24). */
  concerns: Concern[];
  /** What came of it. */
  escalationNotes: (Done & { text: string })[];
};

/** A case of which nothing has been told, sent or filed yet. */
export const nothingConcluded: Conclusion = {
  letters: {},
  sendings: [],
  ticks: {},
  parents: {},
  filed: {},
  filingFailed: {},
  concerns: [],
  escalationNotes: [],
};

/** Telling the parents of a decision before anything was done about it. */
export const parentsNotTold: TellingParents = { teller: null, contact: null, told: [] };

/**
 * Whether there is a safe way to reach the parents, as whoever tells them of a decision said of that one, or when they told of another: they
 * are not asked again, and may say something else (X8).
 */
export function contactFor({ parents }: Pick<Conclusion, 'parents'>, stage: StageName): TellingParents['contact'] {
  const { teller, contact } = parents[stage] ?? parentsNotTold;
  const others = Object.values(parents).filter((each) => each.teller === teller && each.contact !== null);
  return contact ?? others.toSorted((one, other) => (one.contact?.at ?? '').localeCompare(other.contact?.at ?? '')).at(-1)?.contact ?? null;
}

/** The conclusion after one more event. Pure. */
export function concludedBy(before: Conclusion, event: Recorded<ConcludingEvent>): Conclusion {
  const done: Done = { at: event.at, by: event.actor.person };
  const parents = (stage: StageName, change: (present: TellingParents) => Partial<TellingParents>): Conclusion => {
    const present = before.parents[stage] ?? parentsNotTold;
    return { ...before, parents: { ...before.parents, [stage]: { ...present, ...change(present) } } };
  };
  const sending = (number: number, change: Partial<Sending>): Conclusion => ({
    ...before,
    sendings: before.sendings.map((each) => (each.number === number ? { ...each, ...change, at: event.at } : each)),
  });
  switch (event.type) {
    case 'LetterApproved': {
      const { stage, wording, own, changes } = event;
      const letter = { ...done, wording, ...(own === undefined ? {} : { own }), changes, sendings: [] };
      return { ...before, letters: { ...before.letters, [stage]: letter } };
    }
    case 'SendingsWanted': {
      const first = before.sendings.length + 1;
      const wanted = event.to.map(
        (to, index): Sending => ({
          number: first + index,
          document: event.document,
          to,
          status: 'wanted',
          cause: null,
          wantedAt: event.at,
          times: 1,
          at: event.at,
        }),
      );
      return { ...before, letters: withSendings(before.letters, event.document, wanted), sendings: [...before.sendings, ...wanted] };
    }
    case 'SendingDone':
      return sending(event.sending, { status: 'sent', cause: null });
    case 'SendingFailed':
      return sending(event.sending, { status: event.cause === 'uncertain' ? 'uncertain' : 'failed', cause: event.cause });
    case 'SendingSettled': {
      const { times = 0 } = before.sendings.find(({ number }) => number === event.sending) ?? {};
      return sending(
        event.sending,
        event.as === 'again' ? { status: 'wanted', cause: null, times: times + 1 } : { status: event.as, cause: null },
      );
    }
    case 'TaskTicked':
      return { ...before, ticks: { ...before.ticks, [event.task]: { ...done, note: event.note } } };
    case 'TellerNamed':
      return parents(event.stage, () => ({ teller: event.person }));
    case 'ContactChecked':
      return parents(event.stage, () => ({ contact: { ...done, safe: event.safe, approach: event.approach } }));
    case 'ParentsTold': {
      const { stage, on, means, everyone, note } = event;
      return parents(stage, ({ told }) => ({ told: [...told, { ...done, on, means, everyone, note }] }));
    }
    case 'ReasonsFiled': {
      const { child, fileReference, item } = event;
      const { [child]: _, ...filingFailed } = before.filingFailed;
      return { ...before, filingFailed, filed: { ...before.filed, [child]: { ...done, fileReference, item } } };
    }
    case 'FilingFailed':
      return { ...before, filingFailed: { ...before.filingFailed, [event.child]: event.cause } };
    case 'FilingWanted':
      return { ...before, filingFailed: {} };
    case 'ConcernRaised':
      return { ...before, concerns: [...before.concerns, { ...done, after: event.after ?? null, representative: event.representative }] };
    case 'EscalationNoted':
      return { ...before, escalationNotes: [...before.escalationNotes, { ...done, text: event.text }] };
  }
}

/** The letters with the messages of the one just approved: an approval and its messages are told one right after the other. */
function withSendings(letters: Conclusion['letters'], document: DocumentName, wanted: Sending[]): Conclusion['letters'] {
  const stage = document.slice('letter:'.length);
  const letter = document.startsWith('letter:') ? letters[stage] : undefined;
  return letter?.sendings.length === 0 ? { ...letters, [stage]: { ...letter, sendings: wanted.map(({ number }) => number) } } : letters;
}

/** The messages by which a decision's letter goes; none before it is approved. */
export function sendingsOf({ letters, sendings }: Conclusion, stage: StageName): Sending[] {
  const numbers = letters[stage]?.sendings ?? [];
  return sendings.filter(({ number }) => numbers.includes(number));
}

/** The messages of every kind that did not go, or may not have gone, until a person says what is to become of them. */
export function unsettled({ sendings }: Pick<Conclusion, 'sendings'>): Sending[] {
  return sendings.filter(({ status }) => status === 'failed' || status === 'uncertain');
}

/** Whether a message is the partnership's own copy of a letter, which has to go (C18). */
export function isCopyOfLetter({ document, to }: Sending): boolean {
  return to === 'copy' && document.startsWith('letter:');
}
