import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Recipient } from '../../src/domain/events/concludingEvents.ts';
import { after, reported, type State } from './fixtures.ts';

/** What follows a decision, from the case as it was decided: letters, telling, filing, escalation. Days are Scenario 3's. */

const at = {
  approved: '2027-02-12T11:10:00Z',
  sent: '2027-02-12T11:12:00Z',
  named: '2027-02-12T11:20:00Z',
  contact: '2027-02-15T09:00:00Z',
  told: '2027-02-16T15:00:00Z',
  filed: '2027-02-17T09:00:00Z',
  concerned: '2027-02-19T09:00:00Z',
  noted: '2027-03-01T09:00:00Z',
};

const approves = (stage: string, recipients: Recipient[], changes: string | null = null): Command => ({
  type: 'ApproveLetter',
  stage,
  wording: 'The letter gives these reasons: notes and dissent were read together.',
  recipients,
  changes,
});
const sent = (before: Case, ...numbers: number[]) =>
  numbers.reduce((current, sending) => reported(current, at.sent, { type: 'ConfirmSending', sending }), before);
const tells = (everyone: boolean, note: string | null, means = 'visit'): Command => ({
  type: 'TellParents',
  stage: 'decide',
  on: '2027-02-16',
  means,
  everyone,
  note,
});
const files = (child: string): Command => ({ type: 'FileReasons', child, fileReference: `File ${child}, part 2` });

/** Camden: from a dissent that was not upheld, and so is at its end. */
export function camdenConclusions(notUpheld: Case): Record<string, State> {
  const approved = after(notUpheld, 'sm', at.approved, approves('decide', ['agency:health', 'agency:school']));
  const wentOut = sent(approved, 1, 2, 3);
  const troubled = reported(reported(sent(approved, 1), at.sent, { type: 'FailSending', sending: 2, cause: 'no-address' }), at.sent, {
    type: 'FailSending',
    sending: 3,
    cause: 'uncertain',
  });
  const elsewhere = after(notUpheld, 'sm', at.approved, approves('decide', ['agency:health', 'agency:kites'], 'The school has closed.'));
  const named = after(wentOut, 'sm', at.named, { type: 'NameTeller', stage: 'decide', person: 'social-worker' });
  const unsafe = after(named, 'social-worker', at.contact, {
    type: 'CheckContact',
    stage: 'decide',
    safe: false,
    approach: 'Agreed with my manager: tell at the contact centre.',
  });
  const partly = after(
    unsafe,
    'social-worker',
    at.told,
    tells(false, 'The father, at the contact centre on Friday.', 'at a contact centre'),
  );
  const told = after(partly, 'social-worker', at.told, tells(true, null));
  const chairTold = after(told, 'administrator', at.told, { type: 'TickTask', task: 'chair:decide', note: 'By phone.' });
  const closed = after(after(chairTold, 'sm', at.filed, files('CH-1041')), 'administrator', at.filed, files('CH-1042'));
  const concerned = after(wentOut, 'health-visitor', at.concerned, { type: 'RemainConcerned' });
  const requested = after(notUpheld, 'sm', at.approved, { type: 'RequestDocument', document: 'letter:decide' });
  return {
    approved: { current: approved, now: at.approved },
    letterSent: { current: wentOut, now: at.sent },
    letterTroubled: { current: troubled, now: at.sent },
    letterElsewhere: { current: elsewhere, now: at.approved },
    tellerNamed: { current: named, now: at.named },
    contactUnsafe: { current: unsafe, now: at.contact },
    partlyTold: { current: partly, now: at.told },
    told: { current: chairTold, now: at.told },
    closed: { current: closed, now: at.filed },
    concerned: { current: concerned, now: at.concerned },
    escalationNoted: {
      current: after(concerned, 'administrator', at.noted, { type: 'NoteEscalation', text: 'The two agencies met and agreed a plan.' }),
      now: at.noted,
    },
    concernedAfterClosing: { current: after(closed, 'health-visitor', at.concerned, { type: 'RemainConcerned' }), now: at.concerned },
    documentWanted: { current: requested, now: at.approved },
    documentFailed: {
      current: reported(requested, at.sent, { type: 'FailSending', sending: 1, cause: 'permission' }),
      now: at.sent,
    },
  };
}

/** Scotland: from a change of category, after which everybody gets a note, and the Register's keeper has a task. */
export function scottishConclusions(changed: Case, on: string): Record<string, State> {
  const everyone: Recipient[] = ['person:lead-professional', 'person:meeting-chair', 'person:nurse'];
  const noted = after(changed, 'head', on, approves('review', everyone));
  return {
    noteApproved: { current: noted, now: on },
    registerChanged: {
      current: after(noted, 'keeper', on, { type: 'TickTask', task: 'task:review.register', note: 'Entry 41.' }),
      now: on,
    },
    filingFailed: { current: reported(noted, on, { type: 'FailFiling', child: 'CH-1041', cause: 'permission' }), now: on },
  };
}
