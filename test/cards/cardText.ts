import type { Card } from '../../src/cards/template.ts';

/** A card as a person reads it: its words, fields and buttons as lines of text, in order. */

type Node = Record<string, unknown> & { type: string };

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);
const texts = (value: unknown): string => String(value ?? '').replaceAll('\n', '\n  ');
const indented = (lines: string[], by = '  '): string[] => lines.map((line) => `${by}${line.replaceAll('\n', `\n${by}`)}`);

/** The lines of a card, from what a screen reader says of it to its last button. */
export function textOf(card: Card): string[] {
  return [
    `Spoken: ${card.speak}. Where it cannot be drawn: ${card.fallbackText}`,
    ...nodes(card.body).flatMap(linesOf),
    ...nodes(card.actions).flatMap((action) => `[ ${sayAction(action)} ]`),
  ];
}

/** How each element reads; one that is not here has no place on a card before it is said how it reads. */
const says: Record<string, (node: Node) => string[]> = {
  Container: (node) => {
    const lines = nodes(node.items).flatMap(linesOf);
    const { style } = node;
    const styled = style === undefined || style === 'emphasis' ? lines : lines.map((line) => `(${style}) ${line}`);
    return [
      ...(node.separator === true ? [''] : []),
      ...(node.isVisible === false ? [`Folded away as "${node.id}":`, ...indented(styled)] : styled),
    ];
  },
  TextBlock: ({ text, style, separator }) => [...(separator === true ? [''] : []), style === 'heading' ? `**${text}**` : texts(text)],
  RichTextBlock: ({ inlines }) => [
    nodes(inlines)
      .map(({ text }) => texts(text))
      .join(''),
  ],
  FactSet: ({ facts }) => nodes(facts).map(({ title, value }) => `- ${title}: ${texts(value)}`),
  ActionSet: ({ actions }) => nodes(actions).map((action) => `[ ${sayAction(action)} ]`),
  ColumnSet: ({ columns }) => ['', ...nodes(columns).flatMap(({ items }) => nodes(items).flatMap(linesOf))],
  Table: ({ rows }) =>
    nodes(rows).map(
      ({ cells }) =>
        `| ${nodes(cells)
          .map(({ items }) => nodes(items).flatMap(linesOf).join(' '))
          .join(' | ')} |`,
    ),
  'Chart.HorizontalBar': ({ title, data, fallback }) => [
    `Chart of "${title}": ${nodes(data)
      .map(({ x, y }) => `${x} ${y}`)
      .join(', ')}; or as a table:`,
    ...indented(linesOf(fallback as Node)),
  ],
  'Input.Text': (node) => asked(node, node.isMultiline === true ? 'long text' : 'text', `at most ${node.maxLength} characters`),
  'Input.Date': (node) => asked(node, 'a day'),
  'Input.Time': (node) => asked(node, 'a time'),
  'Input.Toggle': (node) => asked(node, 'a tick', `"${node.title}"`),
  'Input.ChoiceSet': (node) => [
    ...asked(node, node.isMultiSelect === true ? 'several of' : node.style === 'expanded' ? 'one of' : 'one of a list'),
    ...nodes(node.choices).map(({ title, value }) => `  - ${title} (${value})`),
  ],
};

function linesOf(node: Node): string[] {
  const say = says[node.type];
  if (!say) throw new Error(`It is not said how ${node.type} reads.`);
  return say(node);
}

function asked({ id, label, value, isRequired, errorMessage }: Node, kind: string, more = ''): string[] {
  const said = [kind, more, isRequired === true ? 'has to be given' : ''].filter((each) => each !== '').join(', ');
  const filled = value === undefined ? '' : ` = "${texts(value)}"`;
  return [`{ ${label} } (${id}: ${said})${filled}`, `  if it is wrong: ${errorMessage}`];
}

function sayAction({ type, title, verb, style, url, targetElements, associatedInputs }: Node): string {
  if (type === 'Action.OpenUrl') return `${title} -> ${url}`;
  if (type === 'Action.ToggleVisibility') return `${title} -> shows or hides "${(targetElements as string[]).join('", "')}"`;
  const styled = style === undefined || style === 'default' ? '' : `, ${style}`;
  return `${title} -> ${verb}${styled}${associatedInputs === 'auto' ? '' : ', without the fields'}`;
}
