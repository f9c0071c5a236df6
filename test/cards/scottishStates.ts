import type { Command } from '../../src/domain/commands.ts';
import { scottishConclusions } from './conclusionStates.ts';
import { after, aScottishDissent, aScottishRecord, raised, type State } from './fixtures.ts';

/** Cases at every point of the Scottish procedure, with Scenario 9's dates: the letter is due on Thu 3 Dec 2026. */

const nurse = {
  raised: '2026-11-25T16:00:00Z',
  recorded: '2026-11-25T16:30:00Z',
  wrote: '2026-12-02T10:00:00Z',
  wroteLate: '2026-12-04T09:12:00Z',
  judged: '2026-12-07T10:00:00Z',
  decided: '2026-12-16T10:00:00Z',
};
const records = (changes: Record<string, string> = {}): Command => ({
  type: 'Record',
  record: { ...aScottishRecord, answers: { ...aScottishRecord.answers, ...changes } },
  agency: null,
});
const writes = (lateReason: string | null = null): Command => ({
  type: 'Submit',
  text: 'I cannot support category A: the bruises point to category B.',
  link: 'https://files.example/letter/41',
  lateReason,
});
const decides = (outcome: string, { answers }: { answers: Record<string, string> }): Command => ({
  type: 'Decide',
  stage: 'review',
  outcome,
  reasons: 'Notes and letter were read together.',
  answers,
  delayReason: null,
});
const judges = (accepted: boolean): Command => ({
  type: 'JudgeLateness',
  accepted,
  reasons: 'Two days at court are a good reason, or are not.',
});
const scottishAnswers = {
  guidance: 'yes',
  edition: '2021, updated 2023',
  parents: 'lead-professional',
  improvements: 'Share reports two days before.',
};
const dissented = raised(nurse.raised, aScottishDissent());
const recorded = after(dissented, 'meeting-chair', nurse.recorded, records());
const written = after(recorded, 'nurse', nurse.wrote, writes());
const writtenLate = after(recorded, 'nurse', nurse.wroteLate, writes('I was at court for two days.'));
const accepted = after(writtenLate, 'head', nurse.judged, judges(true));
const changed = after(
  accepted,
  'head',
  nurse.decided,
  decides('change_category', { answers: { ...scottishAnswers, old_category: 'A: physical', new_category: 'B: neglect' } }),
);

/** Every such state, by name. */
export const scottishStates: Record<string, State> = {
  dissented: { current: dissented, now: nurse.raised },
  resolved: { current: after(dissented, 'meeting-chair', nurse.recorded, records({ resolved: 'yes' })), now: nurse.recorded },
  dissentedLate: { current: dissented, now: nurse.wroteLate },
  writtenEarly: { current: after(dissented, 'nurse', nurse.wrote, writes()), now: nurse.wrote },
  recorded: { current: recorded, now: nurse.recorded },
  writingLate: { current: recorded, now: nurse.wroteLate },
  written: { current: written, now: nurse.wrote },
  writtenLate: { current: writtenLate, now: nurse.wroteLate },
  accepted: { current: accepted, now: nurse.judged },
  notAccepted: { current: after(writtenLate, 'head', nurse.judged, judges(false)), now: nurse.judged },
  changed: { current: changed, now: nurse.decided },
  ...scottishConclusions(changed, nurse.decided),
  newMeeting: { current: after(accepted, 'head', nurse.decided, decides('new_meeting', { answers: scottishAnswers })), now: nurse.decided },
  carm: {
    current: after(
      after(raised(nurse.raised, aScottishDissent('carm')), 'meeting-chair', nurse.recorded, records()),
      'nurse',
      nurse.wrote,
      writes(),
    ),
    now: nurse.wrote,
  },
};
