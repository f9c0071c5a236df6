import type { Due } from './dates.ts';
import { keep } from './fit.ts';
import { mendingLine, type OpenForm } from './forms/form.ts';
import type { Field } from './inputs.ts';
import type { Alert, Button } from './present/body.ts';
import type { Verb } from './verb.ts';

/** A button as the templates draw it. It carries a reference, a revision and a verb, and nothing else (house rule 2). */
export type DrawnButton = {
  title: string;
  verb: Verb;
  style: 'default' | 'positive' | 'destructive';
  inputs: 'auto' | 'none';
  reference: string;
  revision: number;
};

/** An address that a card opens. */
export type Link = { title: string; url: string };

/** A piece of the line that says how far a case has come. */
export type WayRun = { text: string; weight: 'Bolder' | 'Default'; color: 'Accent' | 'Default'; isSubtle: boolean };

/** A form as the template draws it. */
export type FormData = {
  title: string;
  warnings: string[];
  problems: string[];
  fields: DrawnField[];
  /** What is folded away together, each behind one button. */
  blocks: { folds: { title: string; spot: string }[]; spot: string; shown: boolean; fields: DrawnField[] }[];
};

type DrawnField = Omit<Field, 'hint' | 'fold' | 'under'> & {
  errors: string[];
  hints: string[];
  folds: { title: string; spot: string }[];
  shown: boolean;
  spot: string;
};

/**
 * What the frame that all cards share is filled with. What may be missing is a list of nought or one, and no `$when` of the template: see
 * `cards/README.md` for what that would cost.
 */
export type Frame = {
  speak: string;
  fallback: string;
  reference: string[];
  title: string;
  /** How far a case has come, in one line (CD12). */
  ways: { runs: WayRun[] }[];
  notices: string[];
  /** Why nothing was done, directly above the buttons: where the eye is that has just pressed one (CD3). */
  refusals: string[];
  alerts: Alert[];
  dues: (Pick<Due, 'text'> & { size: 'Medium' | 'Default'; weight: 'Bolder' | 'Default' })[];
  /** Behind one button, why each date is what it is (X12). */
  whys: { title: string; explained: Pick<Due, 'intro' | 'rows'>[] }[];
  holds: string[];
  forms: FormData[];
  buttons: DrawnButton[];
  footer: string[];
};

/** The frame of a card about no case, or about a case that the viewer sees nothing of. */
export function plainFrame(title: string, rest: Partial<Frame> = {}): Frame {
  const empty = {
    reference: [],
    ways: [],
    notices: [],
    refusals: [],
    alerts: [],
    dues: [],
    whys: [],
    holds: [],
    forms: [],
    buttons: [],
    footer: [],
  };
  return {
    speak: 'Conference Dissent',
    fallback: 'This card needs a newer version of Teams. Type "help" to go on in words.',
    title,
    ...empty,
    ...rest,
  };
}

/** A card's dates, the first standing out, and why they are what they are. */
export function datesFor(dues: Due[]): Pick<Frame, 'dues' | 'whys'> {
  const title = dues.length > 1 ? 'Why these dates?' : 'Why this date?';
  return {
    dues: dues
      .filter(({ text }) => text !== '')
      .map(({ text }, index) => (index === 0 ? { text, size: 'Medium', weight: 'Bolder' } : { text, size: 'Default', weight: 'Default' })),
    whys: dues.length === 0 ? [] : [{ title, explained: dues.map(({ intro, rows }) => ({ intro, rows })) }],
  };
}

/** Makes the buttons of one card: all carry its reference and revision. */
export function buttonsFor(reference: string, revision: number): (button: Button, inputs?: DrawnButton['inputs']) => DrawnButton {
  return ({ verb, title, style }, inputs = 'auto') => ({ title, verb, style: style ?? 'default', inputs, reference, revision });
}

/** An open form as it is drawn: an error line on top, errors at their fields, and what was typed, as far as `bytes` hold it. */
export function formData(
  { form, values, errors }: Pick<OpenForm, 'values' | 'errors'> & { form: { title: string; warnings: string[]; fields: Field[] } },
  bytes: number,
): FormData {
  const kept = keep(form.fields, values, errors, bytes);
  const wrong = Object.keys(kept.errors).length > 0;
  const drawn = ({ hint, fold, under: _, ...each }: Field): DrawnField => {
    const said = kept.errors[each.id];
    const spot = `spot-${each.id}`;
    const value = each.kind === 'fact' ? each.value : (kept.values[each.id] ?? each.value);
    const folds = fold !== '' && value === '' && said === undefined ? [{ title: fold, spot }] : [];
    return {
      ...each,
      value,
      folds,
      shown: folds.length === 0,
      spot,
      errors: said === undefined ? [] : [said],
      hints: hint === '' ? [] : [hint],
    };
  };
  const [alone, together] = [form.fields.filter(({ under }) => under === ''), form.fields.filter(({ under }) => under !== '')];
  const blocks = [...Map.groupBy(together, ({ under }) => under)].map(([title, fields], index) => {
    const spot = `block-${index}`;
    const shown = fields.some(({ id, value }) => kept.errors[id] !== undefined || (kept.values[id] ?? value) !== value);
    return { folds: shown ? [] : [{ title, spot }], spot, shown, fields: fields.map(drawn) };
  });
  const elsewhere = Object.entries(kept.errors).filter(([id]) => !form.fields.some((each) => each.id === id));
  return {
    title: form.title,
    warnings: form.warnings,
    problems: wrong ? [mendingLine(form.fields, kept.errors), ...elsewhere.map(([, said]) => said)] : [],
    fields: alone.map(drawn),
    blocks,
  };
}
