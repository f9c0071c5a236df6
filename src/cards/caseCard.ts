import { mainCard } from '../app/cardsDue.ts';
import type { CardKey } from '../app/ports.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import { whatHolds } from '../domain/whatHolds.ts';
import { inSentence } from '../domain/words.ts';
import type { CardState } from './cardState.ts';
import { clip, type TextBudget, WHOLE } from './fit.ts';
import type { OpenForm } from './forms/form.ts';
import { buttonsFor, type DrawnButton, datesFor, type Frame, formData, plainFrame } from './frame.ts';
import type { Body, Part, Section, Typed } from './present/body.ts';
import { keyFor, openFormOf, present } from './present/present.ts';
import { wayOf } from './present/way.ts';
import type { TemplateAndData } from './template.ts';

/** So much of what is said with buttons is always shown, in bytes. */
const LEAST = 400;
/** Where no more than so much of each text has room beside a form, in bytes, none of it is worth its place. */
const LITTLE = 60;

/** More questions than these leave no room for why dates are what they are, or for the way. */
const MANY = 20;

/** A case's card: its view and the data for it, with as much of each text as there is room for. Pure. */
export function caseCard(key: CardKey, seen: CaseForViewer, showing: CardState, budget: TextBudget): TemplateAndData {
  const body = present(key, seen, budget.several);
  const [reading] = showing.reading?.split('@') ?? [];
  const whole = typedIn(body).find(({ id }) => id === reading);
  const open = showing.form ? openFormOf(showing.form.verb, seen, showing.form.values, showing.form.errors) : null;
  const mending = open !== null && Object.keys(open.errors).length > 0;
  const frame = frameOf(seen, body);
  const button = buttonsFor(seen.current.reference, seen.current.revision);
  const back = button({ verb: `see:${key}`, title: 'Back' }, 'none');
  if (whole) {
    const { text } = clip(whole.text, WHOLE, Number.POSITIVE_INFINITY);
    return {
      view: 'reading',
      data: {
        ...frame,
        alerts: [],
        dues: [],
        whys: [],
        text: [{ label: whole.label === '' ? 'In full' : whole.label, text }],
        buttons: [back],
      },
    };
  }
  const draw = ({ name, sections, folded }: Part) => {
    const kept = open?.form.beside?.includes(name) === true && budget.text > LITTLE;
    // Beside a form there is no room for what only stands by, and no other button may take the form's answers with it.
    if (open && !kept && (folded || open.form.beside !== undefined)) return [];
    const shown = open ? sections.map(withoutButtons) : sections;
    const behind = ({ typed }: Section) => folded || (kept && typed.every(({ fold }) => fold === undefined));
    return shown.map((each, index) => drawn(each, `${name}-${index}`, behind(each), key, button, budget));
  };
  const sections = body.parts.flatMap(draw);
  // What was opened from the live card leads back to it (CD9).
  const home = key === keyFor(mainCard(seen), seen) ? [] : [button({ verb: 'see:status', title: 'Back' }, 'none')];
  const buttons = open ? [submitOf(open, button), back] : [...body.buttons.map((each) => button(each)), ...home];
  const said = { notices: some(showing.notice), refusals: some(mending ? undefined : showing.refusal) };
  // A form that asks about many children has need of all the room.
  const alone = open && open.form.fields.length > MANY ? { whys: [], ways: [] } : {};
  return { view: 'case', data: { ...frame, ...alone, ...said, sections, forms: open ? [formData(open, budget.kept)] : [], buttons } };
}

function withoutButtons(section: Section): Section {
  return { ...section, steps: section.steps.map((step) => ({ ...step, buttons: [] })) };
}

function submitOf({ verb, form }: OpenForm, button: ReturnType<typeof buttonsFor>): DrawnButton {
  return button({ verb, title: form.submit, style: 'positive' });
}

function typedIn({ parts }: Body): Typed[] {
  return parts.flatMap(({ sections }) => sections.flatMap(({ typed }) => typed));
}

/** What all case cards share: reference, how far it has come (CD12), that the decision stands (C12), and the procedure that the case keeps (X2). */
function frameOf(seen: CaseForViewer, { title, alerts, dues }: Body): Frame {
  const { current, procedure } = seen;
  return plainFrame(title, {
    speak: `Case ${current.reference}`,
    fallback: `Case ${current.reference}. This card needs a newer version of Teams. Type "case ${current.reference}" to see the case.`,
    reference: [current.reference],
    ways: [{ runs: wayOf(seen) }],
    alerts,
    ...datesFor(dues),
    holds: [whatHolds(current, procedure)],
    footer: [`${procedure.title}. Procedure ${procedure.id}, version ${procedure.version}.`],
  });
}

const some = (text = '') => (text === '' ? [] : [text]);

/** A section with its texts cut to the room there is, each with the button to read the rest; a folded one stands behind a button. */
function drawn(
  { heading, lead, meta, facts, details, typed, steps, links }: Section,
  spot: string,
  folded: boolean,
  key: CardKey,
  button: ReturnType<typeof buttonsFor>,
  budget: TextBudget,
) {
  const open = (spot: string) => ({ folds: [], shown: true, spot });
  const read = typed.map(({ id, label, text, lines, fold }, index) => {
    const shown = clip(text, roomFor(id, fold, budget), fold === undefined ? lines : Number.POSITIVE_INFINITY);
    const more = shown.cut ? [button({ verb: `read:${id}@${key}`, title: 'Read in full' }, 'none')] : [];
    const place = `${spot}-${index}`;
    const behind = fold === undefined ? open(place) : foldedAway(fold, place);
    return { labels: some(label), text: shown.text, more, ...behind };
  });
  const said = steps.map(({ label, text, buttons }, index) => ({
    labels: some(label),
    text: clip(text, Math.max(budget.text, LEAST)).text,
    more: buttons.map((each) => button(each, 'none')),
    ...open(`${spot}-step-${index}`),
  }));
  return {
    ...(folded ? foldedAway(`See ${inSentence(heading)}`, spot) : open(spot)),
    headings: some(heading),
    leads: some(lead),
    metas: some(meta),
    tables: facts.length === 0 ? [] : [{ facts }],
    texts: [...read, ...said],
    details: details.length === 0 ? [] : [{ facts: details, ...foldedAway('See the details', `${spot}-details`) }],
    links,
  };
}

const foldedAway = (title: string, spot: string) => ({ folds: [{ title, spot }], shown: false, spot });

/** The bytes that a text may take: references are all shown, and what stands behind a button of its own is there whole if it can be. */
function roomFor(id: string, fold: string | undefined, { text }: TextBudget): number {
  return id === 'children' ? 1000 : fold === undefined ? text : 4 * text;
}
