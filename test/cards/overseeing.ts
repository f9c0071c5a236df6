import type { QuarterFigures } from '../../src/app/figures.ts';
import type { Oversight, Post } from '../../src/app/oversight.ts';
import type { RegisterRow } from '../../src/app/register.ts';
import type { PendingJob, Unfinished } from '../../src/app/stuck.ts';
import { coverCard } from '../../src/cards/coverCard.ts';
import { figuresCard } from '../../src/cards/figuresCard.ts';
import { welcome } from '../../src/cards/plainCards.ts';
import { registerCard } from '../../src/cards/registerCard.ts';
import { stuckCard, stuckNotice } from '../../src/cards/stuckCard.ts';
import type { TemplateAndData } from '../../src/cards/template.ts';
import { type CaseFacts, figuresOf } from '../../src/domain/figures.ts';
import { directory } from './fixtures.ts';

/** The cards about a whole partnership, in their cases. */

const camden = directory.partnerships.camden as Post['partnership'];
export const posts: Post[] = [{ partnershipId: 'camden', partnership: camden, role: 'service-manager', title: 'Service Manager' }];
const draft = 'draft-6d0f6f0c-5a52-4f0e-9a53-6d0c6a7d1f11';
const cover = { partnership: 'camden', role: 'service-manager', holder: 'sm', deputy: 'sm-deputy', endedAt: null };
const covers = [
  { ...cover, number: 1, from: '2027-01-11', to: '2027-01-15' },
  { ...cover, number: 2, from: '2027-12-20', to: '2028-01-07' },
];
const asked = { posts, directory, today: '2027-01-12' };
const wrong = {
  verb: 'cover:begin',
  values: { deputy: 'sm-deputy', from: '2027-01-20', to: '2027-01-18' },
  errors: { to: 'Give a last day that is not before the first.' },
};

export const aRow = (number: number, changes: Partial<RegisterRow> = {}): RegisterRow => ({
  reference: `DIS-27-${String(number).padStart(3, '0')}`,
  revision: 12,
  stage: 'With the Service Manager',
  waitsFor: 'the Service Manager',
  dueOn: '2027-01-26',
  left: 10,
  ...changes,
});
const rows = [
  aRow(1, { dueOn: '2027-01-08', left: -2 }),
  aRow(2, { dueOn: '2027-01-12', left: 0, stage: 'With the chair', waitsFor: 'the chair' }),
  aRow(3, { dueOn: '2027-01-13', left: 1 }),
  aRow(4, { dueOn: null, left: null, stage: 'Being reconvened', waitsFor: 'the administrator' }),
];

const before = '2027-01-08T10:00:00Z';
export const facts = (times: number, agency: string, outcome: string | null, overdue = false): CaseFacts[] =>
  Array.from({ length: times }, (_, index) => ({
    about: 'dissent',
    agency,
    decision: outcome === null ? null : { title: outcome, days: 5 + index, at: before },
    endedAt: null,
    lateFrom: overdue ? before : null,
  }));
export const quarterFigures = (cases: CaseFacts[]): QuarterFigures => ({
  partnershipId: 'camden',
  name: camden.name,
  agencies: Object.fromEntries(Object.entries(camden.agencies).map(([id, { name }]) => [id, name])),
  quarter: { year: 2027, number: 1 },
  over: false,
  upTo: Temporal.PlainDate.from('2027-01-10'),
  next: null,
  others: [],
  figures: figuresOf(cases, Temporal.Instant.from('2027-01-11T00:00:00Z')),
});
const some = quarterFigures([
  ...facts(9, 'health', 'Not upheld', true),
  ...facts(12, 'school', 'Upheld'),
  ...facts(3, 'kites', 'Upheld'),
  ...facts(6, 'health', null),
]);

const job = (changes: Partial<PendingJob>): PendingJob => ({
  name: 'align-calendar',
  reference: 'DIS-27-004',
  state: 'failed',
  attempts: 1,
  lastError: { kind: 'permission', check: 'the application permission Calendars.ReadWrite' },
  retryAt: null,
  since: '2027-01-12T09:30:00Z',
  ...changes,
});
const stuck = [
  job({}),
  job({
    name: 'tell',
    state: 'waiting',
    attempts: 4,
    lastError: { kind: 'unreachable', check: 'whether Teams answers' },
    retryAt: '2027-01-12T09:40:00Z',
  }),
];
const unfinished = (changes: Partial<Unfinished>): Unfinished => ({
  reference: 'DIS-27-003',
  revision: 12,
  what: 'letters',
  count: 2,
  since: '2027-01-12T09:30:00Z',
  card: 'checklist',
  ...changes,
});

const nothing: Oversight = { posts: [], register: [], figures: [], stuck: [], complaints: [] };

/** Each view in each of its cases. */
export const overseeing: Record<string, TemplateAndData> = {
  'cover.none': coverCard(asked, [], draft),
  'cover.some': coverCard(asked, covers, draft, { notice: 'This cover has ended.', form: wrong }),
  'register.first': registerCard({ rows, page: 0, more: true }),
  'register.none': registerCard({ rows: [], page: 0, more: false }),
  'figures.charts': figuresCard(some, true),
  'figures.tables': figuresCard(some, false),
  'figures.few': figuresCard(quarterFigures(facts(3, 'kites', 'Upheld')), true),
  'stuck.some': stuckCard(
    { stuck, unfinished: [unfinished({}), unfinished({ what: 'filings', count: 1 })], notTold: [], more: true },
    'DIS-27-009: it is being tried again now.',
  ),
  'stuck.none': stuckCard({ stuck: [], unfinished: [], notTold: [], more: false }),
  'stuck.not-told': stuckCard({
    stuck: [],
    unfinished: [],
    notTold: [
      { who: 'Naomi Hartwell, Service Manager', since: '2027-01-12T15:10:00Z', cause: 'permission', mailed: true },
      { who: 'Priya Larkspur, Midwife, Hospital trust', since: '2027-01-12T15:11:00Z', cause: 'not-found', mailed: false },
    ],
    more: false,
  }),
  'notice.stuck': stuckNotice(),
  'welcome.decider': welcome('Helen', { ...nothing, posts, register: ['camden'], figures: ['camden'] }),
};
