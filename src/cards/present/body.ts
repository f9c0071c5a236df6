import type { Seen } from '../../app/seeCase.ts';
import { type Intention, mayDo } from '../../domain/mayDo.ts';
import { deciders, rolesOnEveryCase } from '../../domain/procedure.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { CaseForm } from '../forms/form.ts';
import type { Due, Fact } from '../limits.ts';
import type { View } from '../template.ts';
import type { Verb } from '../verb.ts';

/** A text that a person typed, by the name under which it is read in full. It is shown only in TextRuns. */
export type Typed = {
  id: string;
  label: string;
  text: string;
  /** How many lines of it are shown at most before "Read in full", where they are not as many as of any other. */
  lines?: number;
};

/** Something that is said in a section, with the buttons that belong to it. */
export type Step = { label: string; text: string; buttons: Button[] };

/** A block of a card: what it is about, what matters most in it, and the rest. */
export type Section = {
  heading: string;
  /** The one thing to see: an outcome, a time. */
  lead: string;
  /** Small words under it: when, by whom. */
  meta: string;
  facts: Fact[];
  typed: Typed[];
  steps: Step[];
  links: { title: string; url: string }[];
};

/** A section with everything unsaid left out. */
export function section(heading: string, rest: Partial<Omit<Section, 'heading'>> = {}): Section {
  return { heading, lead: '', meta: '', facts: [], typed: [], steps: [], links: [], ...rest };
}

/** Something that must not be missed, in words; the style only repeats it. */
export type Alert = { text: string; style: 'attention' | 'warning' | 'accent' | 'good' };

/** A button, before it is known whether the viewer may press it. */
export type Button = { verb: Verb; title: string; style?: 'positive' | 'destructive' };

/** What one view says of a case to one viewer, before it is fitted to a card. `sections` go by the names its template has. */
export type Body = {
  view: View;
  title: string;
  alerts: Alert[];
  dues: Due[];
  sections: Record<string, Section[]>;
  /** The sections, by name, that stand behind a button: the viewer has nothing more to do about them, and the news is what is left. */
  folded: string[];
  buttons: Button[];
};

/** A form as it is open on a card, with what was typed and what is wrong with it. */
export type OpenForm = { verb: Verb; form: CaseForm; values: Record<string, string>; errors: Record<string, string> };

/** Whether the viewer may do this to the case now: the same gate that the press itself goes through. */
export function may(seen: Seen, intention: Intention): boolean {
  const { current, person, standings, procedure, calendar, roster, now } = seen;
  return !isRefusal(mayDo(current, intention, { person, standings, procedure, calendar, roster, now }));
}

/** Those who read a case without deciding on it. */
const READERS = ['dissenter', 'logger', 'chair', 'agency-lead'];

/**
 * Whether the viewer may read what the case is about: not those who book, who tell the parents, or who only have a task (Part E).
 */
export function readsTheCase(seen: Seen): boolean {
  // What staff log for a family they handle too (P6, P8).
  const handles = seen.procedure.raisedBy === 'staff' && seen.standings.includes('administrator');
  return handles || decidesTheCase(seen) || seen.standings.some((standing) => READERS.includes(standing));
}

/** Whether the viewer decides or advises on the case, or has decided. */
export function decidesTheCase({ standings, procedure }: Seen): boolean {
  const roles = deciders(procedure);
  return standings.some((standing) => standing === 'decided' || roles.includes(standing));
}

/** Whether all that the viewer has to do with the case is to tell the parents, or a task: they see that and nothing else (Part E). */
export function hasOnlyTasks({ standings, procedure }: Seen): boolean {
  const others = [...READERS, 'decided', 'administrator', ...rolesOnEveryCase(procedure)];
  return !standings.some((standing) => others.includes(standing));
}
