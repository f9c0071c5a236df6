import type { CaseForViewer } from '../../app/seeCase.ts';
import { mayDo } from '../../domain/mayDo.ts';
import { deciders, rolesOnEveryCase } from '../../domain/procedure.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Intention } from '../../domain/rule.ts';
import type { Due, Fact } from '../dates.ts';
import type { Verb } from '../verb.ts';

/** A text that a person typed, by the name under which it is read in full. It is shown only in TextRuns. */
export type Typed = {
  id: string;
  label: string;
  text: string;
  /** How many lines of it are shown at most before "Read in full", where they are not as many as of any other. */
  lines?: number;
  /** The button behind which all of it stands, where it is there to be looked up and not to be read now. */
  fold?: string;
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
  /** More facts, behind a button: true and at hand, and not what the viewer acts on. */
  details: Fact[];
  typed: Typed[];
  steps: Step[];
  links: { title: string; url: string }[];
};

/** A section with everything unsaid left out. */
export function section(heading: string, rest: Partial<Omit<Section, 'heading'>> = {}): Section {
  return { heading, lead: '', meta: '', facts: [], details: [], typed: [], steps: [], links: [], ...rest };
}

/** Something that must not be missed, in words; the style only repeats it. */
export type Alert = { text: string; style: 'attention' | 'warning' | 'accent' | 'good' };

/** A button, before it is known whether the viewer may press it. */
export type Button = { verb: Verb; title: string; style?: 'positive' | 'destructive' };

/** What a part of a case's card is about: a form says by these names what stays in sight beside it. */
export type PartName =
  | 'about'
  | 'after'
  | 'answer'
  | 'booked'
  | 'concern'
  | 'declined'
  | 'dissent'
  | 'done'
  | 'escalation'
  | 'left'
  | 'letter'
  | 'meeting'
  | 'next'
  | 'outcomes'
  | 'question'
  | 'questions'
  | 'record'
  | 'sent'
  | 'stuck'
  | 'task'
  | 'tell'
  | 'times'
  | 'toSend'
  | 'views'
  | 'withdrawn';

/** Sections about one thing. A folded part stands behind a button: the viewer has nothing more to do about it, and the news is what is left. */
export type Part = { name: PartName; sections: Section[]; folded: boolean };

/** A part of a card, in sight where nothing else is said. */
export function part(name: PartName, sections: Section[], { folded } = { folded: false }): Part {
  return { name, sections, folded };
}

/** What one card says of a case to one viewer, before it is fitted: its parts, in the order in which they are drawn. */
export type Body = { title: string; alerts: Alert[]; dues: Due[]; parts: Part[]; buttons: Button[] };

/** Whether the viewer may do this to the case now: the same gate that the press itself goes through. */
export function may(seen: CaseForViewer, intention: Intention): boolean {
  const { current, person, standings, procedure, calendar, roster, now } = seen;
  return !isRefusal(mayDo(current, intention, { person, standings, procedure, calendar, roster, now }));
}

/** Those who read a case without deciding on it. */
const READERS = ['dissenter', 'logger', 'chair', 'agency-lead'];

/**
 * Whether the viewer may read what the case is about: not those who book, who tell the parents, or who only have a task (Part E).
 */
export function readsTheCase(seen: CaseForViewer): boolean {
  // What staff log for a family they handle too (P6, P8).
  const handles = seen.procedure.raisedBy === 'staff' && seen.standings.includes('administrator');
  return handles || decidesTheCase(seen) || seen.standings.some((standing) => READERS.includes(standing));
}

/** Whether the viewer decides or advises on the case, or has decided. */
export function decidesTheCase({ standings, procedure }: CaseForViewer): boolean {
  const roles = deciders(procedure);
  return standings.some((standing) => standing === 'decided' || roles.includes(standing));
}

/** Whether all that the viewer has to do with the case is to tell the parents, or a task: they see that and nothing else (Part E). */
export function hasOnlyTasks({ standings, procedure }: CaseForViewer): boolean {
  const others = [...READERS, 'decided', 'administrator', ...rolesOnEveryCase(procedure)];
  return !standings.some((standing) => others.includes(standing));
}
