import type { CardKey } from '../../src/app/ports.ts';
import type { RaisableProcedure } from '../../src/app/raiseDissent.ts';
import type { CaseForViewer, Linked } from '../../src/app/seeCase.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { rosterOf } from '../../src/directory/directory.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, replay } from '../../src/domain/case.ts';
import type { Command, Report } from '../../src/domain/commands.ts';
import { closing, decide } from '../../src/domain/decide.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { Actor } from '../../src/domain/events/trail.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { raise } from '../../src/domain/raise.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { guestOf } from '../../src/domain/sharing.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, directory, openingFor, seenBy } from './fixtures.ts';
import { states } from './states.ts';

/** Complaints that staff have logged, conferences that serve several cases, and what is shown of both. */

const complaint = loadLibrary('procedures').procedure('camden-complaint', 1);
const roster = rosterOf(directory, 'camden');
const AT = '2027-01-14T10:00:00Z';

/** A case as one person sees it; `linked` is what they are told of others on the same conference. */
export function seenAs(person: string, current: Case, now = AT, linked: Linked[] = []): CaseForViewer {
  const base = seenBy('administrator', states.referred?.current as Case, now);
  const procedure = current.procedure.id === complaint.id ? complaint : base.procedure;
  const standings = standingsOf(person, current, procedure, roster, dateOf(now));
  return { ...base, current, procedure, person, standings, linked };
}

const add = (current: Case, events: CaseEvent[], actor: Actor): Case =>
  events.reduce((before, event) => evolve(before, { ...event, revision: before.revision + 1, at: AT, actor }), current);

/** A case after a command by somebody, which has to be allowed. */
function does(current: Case, person: string, command: Command): Case {
  const { standings, procedure, calendar, now } = seenAs(person, current);
  const answer = decide(current, command, { person, standings, procedure, calendar, roster, now });
  if ('refused' in answer) throw new Error(`${command.type}: ${answer.sentence}`);
  return add(current, answer.events, { person, role: answer.role });
}

/** A case after the bot's reports. */
const reports = (current: Case, ...all: Report[]): Case =>
  all.reduce((before, report) => {
    const { procedure, now } = seenAs('administrator', before);
    const bot = { person: 'bot', role: 'bot' };
    return add(before, closing(before, takeReport(before, report, procedure), procedure, now, bot), bot);
  }, current);

function logged(changes: Partial<Dissent> = {}): Case {
  const dissent = aDissent({
    decision: '',
    dissenter: 'administrator',
    agency: null,
    complainant: 'child',
    grounds: ['category', 'agency', 'end'],
    agencyConcerned: 'kites',
    reasons: 'Nobody asked us, and the worker was short with me.',
    ...changes,
  });
  const raised = raise(
    dissent,
    complaint,
    roster,
    ['health', 'kites'],
    Temporal.Instant.from(AT),
    loadLibrary('procedures').calendar('england-and-wales'),
  );
  if (!('events' in raised)) throw new Error('not raised');
  const actor = { person: 'administrator', role: 'logger' };
  const trail = raised.events.map((event, index) => ({ ...event, revision: index + 1, at: AT, actor }));
  return replay('CMP-27-001', { id: complaint.id, version: 1 }, trail) as Case;
}

const record = { answers: {}, documents: { notes: null }, agencies: [], required: ['social-worker'], optional: [] };
const passed = does(logged(), 'administrator', { type: 'Record', agency: null, record });
const decision = {
  type: 'Decide',
  stage: 'outcome',
  reasons: 'It should be heard by somebody new.',
  answers: {},
  delayReason: null,
} as const;
const reconvened = does(passed, 'sm', { ...decision, outcome: 'reconvened' });
const meeting = states.booked?.current as Case;
const host = reports(meeting, { type: 'JoinMeeting', guests: [guestOf(reconvened, complaint)] });
const guest = reports(
  reconvened,
  { type: 'ShareMeeting', with: meeting.reference },
  { type: 'FollowMeeting', with: meeting.reference, booking: meeting.bookings[0] ?? null, onward: null },
);

/** Complaints, and cases that share a conference, by name. */
export const shared = {
  logged: logged(),
  passed,
  reconvened,
  offered: reports(reconvened, { type: 'OfferSharing', with: meeting.reference }),
  stands: does(passed, 'administrator', { ...decision, outcome: 'stands' }),
  telling: does(logged(), 'administrator', { type: 'NameTeller', stage: 'acknowledge', person: 'social-worker' }),
  routed: logged({ grounds: ['agency'] }),
  host,
  chaired: does(host, 'administrator', { type: 'ChooseChair', chair: 'other-chair' }),
  guest,
} satisfies Record<string, Case>;

/** What staff are offered when they log a complaint. */
export const complaintOpening = (): RaisableProcedure => ({
  ...openingFor('administrator'),
  id: 'camden.camden-complaint',
  procedure: complaint,
  agency: null,
});

type View = { seen: CaseForViewer; key: CardKey; showing: CardState };
const view = (person: string, key: CardKey, current: Case, now = AT, linked: Linked[] = [], showing: CardState = {}): View => ({
  seen: seenAs(person, current, now, linked),
  key,
  showing,
});
const beside: Linked[] = [
  { reference: 'CMP-27-001', case: 'complaint', alike: false },
  { reference: 'DIS-27-002', case: 'dissent', alike: true },
];
const LATER = '2027-02-17T12:00:00Z';

/** Their cards, by name: whose, and of what. */
export const complaining: Record<string, View> = {
  'receipt.complaint': view('administrator', 'receipt', shared.logged),
  'record.complaint': view('administrator', 'record', shared.logged),
  'record.complaint-form': view('administrator', 'record', shared.logged, AT, [], { form: { verb: 'refer', values: {}, errors: {} } }),
  'record.complaint-chair': view('chair', 'record', shared.logged),
  'checklist.complaint': view('administrator', 'checklist', shared.logged),
  'parents.complaint': view('social-worker', 'parents:acknowledge', shared.telling),
  'decide.complaint': view('sm', 'stage:outcome', shared.passed, AT, [{ reference: null, case: 'dissent', alike: false }]),
  'outcome.complaint': view('chair', 'outcome:outcome', shared.stands),
  'decide.beside': view('sm', 'stage:decide', states.referred?.current as Case, '2027-01-14T10:00:00Z', beside),
  'booking.other-chair-first': view('administrator', 'stage:reconvene', shared.reconvened),
  'booking.share-offered': view('administrator', 'stage:reconvene', shared.offered),
  'booking.serves-another': view('administrator', 'stage:reconvene', shared.host, LATER),
  'booking.other-chair': view('administrator', 'stage:reconvene', shared.chaired, LATER),
  'booking.other-chair-form': view('administrator', 'stage:reconvene', shared.host, LATER, [], {
    form: { verb: 'chair', values: {}, errors: {} },
  }),
  'booking.shared': view('sm', 'stage:reconvene', shared.guest, LATER),
};
