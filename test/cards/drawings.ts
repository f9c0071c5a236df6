import { caseCard } from '../../src/cards/caseCard.ts';
import { TEXT_BUDGETS, type TextBudget } from '../../src/cards/fit.ts';
import { caseList, diverted, neutral, notice, openingsList, welcome } from '../../src/cards/plainCards.ts';
import { representativeCard } from '../../src/cards/present/escalation.ts';
import { raiseCard } from '../../src/cards/raiseCard.ts';
import type { TemplateAndData } from '../../src/cards/template.ts';
import { complaining, complaintOpening } from './complaining.ts';
import { openingFor, scottishOpening, seenBy } from './fixtures.ts';
import { golden } from './goldenCases.ts';
import { goldenConclusion } from './goldenConclusion.ts';
import { overseeing } from './overseeing.ts';
import { reminding } from './reminding.ts';
import { type State, states } from './states.ts';

/** Every card in its cases, by name: what golden files keep and what samples are taken from. */

/** A card that is kept, whom it is drawn for, and the procedure that its case runs under; none for cards about no one case. */
export type KeptCard = { drawing: TemplateAndData; viewer?: string; procedure?: string };

const budget = TEXT_BUDGETS[0] as TextBudget;
const draft = 'draft-6d0f6f0c-5a52-4f0e-9a53-6d0c6a7d1f11';
const wrong = {
  verb: 'raise:camden.camden-dissent',
  values: { children: 'Tom', reasons: '', grounds: 'threshold,needs' },
  errors: { children: "Use the child's reference, not the name.", reasons: 'Say why you dissent.' },
};
const managers = (names: string[]) => names.map((name) => seenBy('sm', state(name).current, state(name).now));

/** Cards about no one case. */
const inChat: Record<string, TemplateAndData> = {
  'welcome.first': welcome('Amara'),
  'welcome.unclear': welcome('Amara', null, true),
  'raise.blank': raiseCard(openingFor('health-visitor'), draft, {}, budget.kept),
  'raise.faults': raiseCard(openingFor('8d1f4c1e-5d47-4a90-9e6b-0c7d1a2f4b58', '2027-01-12', null), draft, { form: wrong }, budget.kept),
  'raise.cppm': raiseCard(scottishOpening('cppm'), draft, {}, budget.kept),
  'raise.carm': raiseCard(scottishOpening('carm'), draft, {}, budget.kept),
  'notice.openings': openingsList([openingFor('health-visitor')], draft),
  'notice.meetings': openingsList([scottishOpening('cppm'), scottishOpening('carm')], draft),
  'notice.diverted': diverted(
    { title: 'Escalation Policy', url: 'https://partnership.example/escalation' },
    openingFor('health-visitor').procedure,
  ),
  'notice.not-found': notice('No such case', 'There is no case DIS-27-999 that you can see. Check the reference, or type "my cases".'),
  'neutral.group': neutral('DIS-27-004', true),
  'neutral.stranger': neutral('DIS-27-004', false),
  'case-list.some': caseList(managers(['referred', 'overdue', 'booked', 'notUpheld'])),
  'case-list.none': caseList([]),
  ...overseeing,
  ...reminding,
  'raise.complaint': raiseCard(complaintOpening(), draft, {}, budget.kept),
};

const about = (procedure: string, viewer: string, drawing: TemplateAndData): KeptCard => ({ procedure, viewer, drawing });

/** Every card by name. */
export const keptCards: Record<string, KeptCard> = {
  ...Object.fromEntries(Object.entries(inChat).map(([name, drawing]): [string, KeptCard] => [name, { drawing }])),
  ...Object.fromEntries(
    Object.entries({ ...golden, ...goldenConclusion }).map(([name, { state: at, viewer, key, showing }]) => {
      const { current, now } = state(at);
      return [name, about(current.procedure.id, viewer, caseCard(key, seenBy(viewer, current, now), showing ?? {}, budget))];
    }),
  ),
  ...Object.fromEntries(
    Object.entries(complaining).map(([name, { seen, key, showing }]) => [
      name,
      about(seen.procedure.id, seen.person, caseCard(key, seen, showing, budget)),
    ]),
  ),
  'escalation.representative': about('camden-dissent', 'health-representative', escalation()),
};

function escalation(): TemplateAndData {
  const { current, now } = state('concerned');
  return representativeCard(seenBy('health-representative', current, now));
}

function state(name: string): State {
  const { [name]: found } = states;
  if (!found) throw new Error(`no state ${name}`);
  return found;
}
