import { render } from '../../src/cards/template.ts';
import { nameAndJob } from '../../src/directory/names.ts';
import { textOf } from './cardText.ts';
import { type KeptCard, keptCards } from './drawings.ts';
import { directory } from './fixtures.ts';

/** The cards that templates are tried out with, by the name of their sample: every template has one. */
const samples: Record<string, string> = {
  'case.decided': 'decide.decided',
  'case.deciding-form': 'decide.overdue-form',
  'case.to-tell-and-file': 'checklist.decider',
  'reading.reasons': 'reading.reasons',
  'raise.faults': 'raise.faults',
  'escalation.representative': 'escalation.representative',
  'case-list.some': 'case-list.some',
  'reminder.decider': 'reminder.decider',
  'welcome.decider': 'welcome.decider',
  'notice.diverted': 'notice.diverted',
  'neutral.group': 'neutral.group',
  'cover.some': 'cover.some',
  'register.first': 'register.first',
  'figures.charts': 'figures.charts',
  'stuck.some': 'stuck.some',
};

/** The golden files by path: the cards of each procedure's cases, and those about no one case, as a person reads them. */
export const goldenFiles: Record<string, string> = Object.fromEntries(
  [...Map.groupBy(Object.entries(keptCards), ([, { procedure }]) => procedure ?? 'in-chat')].map(([title, cards]) => [
    `test/golden/${title}.md`,
    `# ${title}\n\n${cards.map(([name, card]) => asText(name, card)).join('\n')}`,
  ]),
);

/** The samples by path: what fills a template. */
export const sampleFiles: Record<string, object> = Object.fromEntries(
  Object.entries(samples).map(([sample, name]) => [`cards/samples/${sample}.json`, cardNamed(name).drawing.data]),
);

function cardNamed(name: string): KeptCard {
  const { [name]: card } = keptCards;
  if (!card) throw new Error(`no card ${name}`);
  return card;
}

function asText(name: string, { drawing, viewer }: KeptCard): string {
  const whose = viewer === undefined ? '' : `, for ${nameAndJob(directory, viewer)}`;
  return `## ${name}${whose}\n\n\`\`\`text\n${textOf(render(drawing)).join('\n')}\n\`\`\`\n`;
}
