import { caseCard } from '../../src/cards/caseCard.ts';
import { TEXT_BUDGETS, type TextBudget } from '../../src/cards/fit.ts';
import { render } from '../../src/cards/template.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { scenariosOf } from '../../src/procedures/walk/scenarios.ts';
import { textOf } from '../cards/cardText.ts';
import { playWithCards, sight } from './robot.ts';

/** A sample case under a procedure from its beginning to its end: each card that somebody acts on, as a person reads it (PL10). */
export function playInText(procedure: Procedure, calendar: Calendar): string[] {
  const [scenario] = scenariosOf(procedure, calendar);
  if (!scenario) return [];
  const lines: string[] = [];
  const [budget] = TEXT_BUDGETS as readonly [TextBudget];
  const { closed } = playWithCards(scenario.world, scenario.dissent, ([first = '']) => first, {
    watch: (directory, scene, { person, key, verb }) => {
      const card = render(caseCard(key, sight(scenario.world, directory, scene, person), {}, budget));
      lines.push(`=== ${scene.now.toString()}: ${person}, who presses "${verb}"`, '', ...textOf(card).map((line) => `    ${line}`), '');
    },
  });
  return [...lines, closed ? 'The case is closed.' : 'The case is not closed.'];
}
