import type { Seen } from '../../src/app/seeCase.ts';
import { rosterOf, type Directory } from '../../src/directory/directory.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { aDissent, after, aRecord, directory, raised } from './fixtures.ts';

/** 4,000 characters of three bytes each, the most that a field takes. */
const text = '児童保護会議の記録。'.repeat(400);

type State = { current: Case; now: string };

/** Cases in which everybody wrote as much as they may, and a partnership with many people, agencies and long names. */
export function longest(): {
  cases: Record<'recording' | 'deciding' | 'asking' | 'reviewing' | 'booking', State>;
  values: Record<string, string>;
  inBigPartnership(seen: Seen): Seen;
} {
  const at = '2027-01-12T15:10:00Z';
  const now = '2027-03-01T10:00:00Z';
  const children = Array.from({ length: 12 }, (_, index) => `CHILD-REFERENCE-OF-FULL-LENGTH-${1000 + index}`);
  const dissent = aDissent({
    children,
    grounds: ['threshold', 'information', 'needs', 'category'],
    decision: 'continue',
    reasons: text,
    newInformation: text,
    conference: { date: '2027-01-11' },
  });
  const record = {
    ...aRecord,
    thresholdReasoning: text,
    decision: text,
    basis: text,
    notesLink: `https://files.example/${'n'.repeat(970)}`,
  };
  const recording = raised(at, dissent);
  let deciding = after(recording, 'chair', at, { type: 'Refer', record, agency: null });
  for (let time = 0; time < 9; time += 1) {
    deciding = after(deciding, 'health-visitor', at, { type: 'AddToDissent', text });
    deciding = after(deciding, 'sm', at, { type: 'Ask', of: 'dissenter', question: text });
    deciding = after(deciding, 'health-visitor', at, { type: 'Answer', request: deciding.questions.length, answer: text });
  }
  deciding = after(deciding, 'sm', at, { type: 'Ask', of: 'chair', question: text });
  deciding = after(deciding, 'sm', at, { type: 'AskAdvice', question: text });
  const decides = (stage: string, outcome: string): Command => ({
    type: 'Decide',
    stage,
    outcome,
    reasons: text,
    newInformation: text,
    delayReason: text,
  });
  const asking = deciding;
  deciding = after(after(deciding, 'chair', at, { type: 'Answer', request: 10, answer: text }), 'hos', at, {
    type: 'Answer',
    request: 11,
    answer: text,
  });
  const reviewing = after(deciding, 'sm', now, decides('decide', 'upheld'));
  const requested = after(reviewing, 'hos', now, decides('review', 'reconvene'));
  const booking = after(requested, 'hos', now, { type: 'ChooseTime', start: '2027-06-01T10:00:00Z', reason: text });
  const ids = [
    'reasons',
    'newInformation',
    'thresholdReasoning',
    'decision',
    'basis',
    'question',
    'answer',
    'reason',
    'text',
    'delayReason',
    'notesLink',
    'children',
    'required',
  ];
  const cases = {
    recording: { current: recording, now },
    deciding: { current: deciding, now },
    asking: { current: asking, now },
    reviewing: { current: reviewing, now },
    booking: { current: booking, now },
  };
  return { cases, values: Object.fromEntries(ids.map((id) => [id, text])), inBigPartnership };
}

function inBigPartnership(seen: Seen): Seen {
  const template = directory.people[0];
  const camden = directory.partnerships.camden;
  if (!template || !camden) throw new Error('the fixtures have people and a partnership');
  const many = Array.from({ length: 300 }, (_, index) => ({
    ...template,
    id: `worker-${index}`,
    name: `Worker with a rather long name number ${index}`,
    email: `worker.${index}@example.org`,
  }));
  const agencies = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [
      `agency-${index}`,
      { name: `Agency with quite a long name, number ${index}`, kind: 'voluntary' as const },
    ]),
  );
  const big: Directory = {
    partnerships: { camden: { ...camden, agencies: { ...camden.agencies, ...agencies } } },
    people: [...directory.people, ...many],
  };
  const partnership = big.partnerships.camden ?? camden;
  return { ...seen, directory: big, partnership, roster: rosterOf(big, 'camden') };
}
