import { z } from 'zod';
import { choice, decision, ground, identifier, level, questions, source, stageSchema, title, windowSchema } from './procedureParts.ts';

/** What is said of something that is called by a name of its own, where its file says nothing else. */
const UNNAMED = (named: string) => ({
  raises: `raised the ${named}`,
  which: `Which decision is the ${named} about?`,
  why: 'Give your reasons.',
});

/** A day, or a moment of one in London. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'write a day such as 2027-01-31, or a moment such as 2027-01-31T10:00');

/**
 * What a procedure definition is made of: everything that differs between partnerships is said here, in the practitioners' words, and
 * the engine reads it. A published version is never edited (X2). Whether it holds together, `procedureFaults.ts` says.
 */
export const procedureShape = z.strictObject({
  id: identifier,
  version: z.number().int().positive(),
  title,
  /** What precedes the year and number in a case reference: DIS gives DIS-27-001. */
  prefix: z
    .string()
    .regex(/^[A-Z]{2,5}(-[A-Z])?$/, 'use two to five capital letters, and if you like a hyphen and one letter more: DIS, or DIS-S'),
  effective: z.iso.date(),
  calendar: identifier,
  /** The words this partnership uses for what the engine does. */
  words: z
    .strictObject({
      /** What kind of meeting it is, in running text: "conference", "meeting". */
      meeting: title,
      /** That the decision stands, said on every card and letter until the case ends (C12). */
      standing: z.string().min(1).max(200),
      /** Added to it where the decision made or continued a plan, as `plan` of a decision or a ground says (CD2). */
      plan: z.string().min(1).max(120).optional(),
      /** What is raised, in running text: "dissent", "complaint". */
      case: title.optional(),
      /** Its article, where it is not the one that its first letter asks for. */
      article: z.enum(['a', 'an']).optional(),
      /** Several of it, where it is not made by an "s". */
      cases: title.optional(),
      /** What whoever raises it does: "dissents", "appeals". */
      raises: title.optional(),
      /** How the form asks which decision it is about. */
      which: title.optional(),
      /** Whom a named person tells, in running text: "the parents", "those who complain". */
      family: title.default('the parents'),
    })
    // In the code a standing is what somebody is on a case; published files keep their word.
    .transform(({ standing: decisionStands, case: named, article, cases, raises, which, ...words }) => {
      const said = named ?? 'dissent';
      const own =
        named === undefined
          ? { raises: 'dissents', which: 'Which decision do you dissent from?', why: 'Say why you dissent.' }
          : UNNAMED(named);
      return {
        ...words,
        decisionStands,
        case: said,
        aCase: `${article ?? (/^[aeiou]/i.test(said) ? 'an' : 'a')} ${said}`,
        cases: cases ?? `${said}s`,
        raises: raises ?? own.raises,
        which: which ?? own.which,
        why: own.why,
      };
    }),
  /** Who raises it: professionals for their agencies, or staff (administrators and chairs) for somebody without Teams (P1). */
  raisedBy: z.enum(['professionals', 'staff']).default('professionals'),
  /** For whom staff may raise it; where there are none, nobody is asked (P1). */
  complainants: z.record(identifier, choice).default({}),
  /** Who decides. The role `agency-lead` is held by the named lead of the dissenter's agency; the others by posts in the directory. */
  roles: z.record(identifier, z.strictObject({ title, source })),
  meetings: z.record(identifier, choice),
  decisions: z.record(identifier, decision),
  grounds: z.record(identifier, ground),
  /** The other agency, where it is about one: the form asks which, and its lead is somebody on the case (`other-agency-lead`). */
  otherAgency: z.strictObject({ title, source }).optional(),
  /** Whether the meeting had a chair: without one nobody records, and nobody is asked or told as `chair`. */
  chaired: z.boolean().default(true),
  /** What the form asks besides; the days of the questions of the kind `date` can be counted from. */
  asks: questions,
  /** By when it has to be raised. Later it is taken all the same, with how late and why (Q6). */
  raising: z.strictObject({ limit: windowSchema }).optional(),
  /** How far a dissent can be taken, such as for the record only; where there are none, nobody is asked. */
  levels: z.record(identifier, level).default({}),
  /** What the professional has to affirm to raise a dissent (S5). */
  affirmation: z.string().min(1).max(300).optional(),
  /** Whom families turn to, where this route is not theirs (S4). */
  families: z.string().min(1).max(300).optional(),
  /** Names of links in the directory that the dissent form shows (P12). */
  links: z.array(identifier).default([]),
  /** Names of links that are shown where the directory has them; one that it lacks is a warning at start (P10). */
  guidance: z.array(identifier).default([]),
  /** What the dissenter is offered after an outcome that they remain concerned about, each as `stage.outcome` (C24, C25, Q11). */
  escalation: z
    .strictObject({
      after: z.array(z.string().regex(/^[\w-]+\.[\w-]+$/, 'write it as stage.outcome')).min(1),
      /** A link's name in the directory. */
      link: identifier,
      /** What to do if a child is in danger now. */
      danger: z.string().min(1).max(300),
      source,
    })
    .optional(),
  /**
   * Cases with their dates, which the check counts again (PL2). `given`: the days of the conference, of raising, of stages that were finished
   * and of days that forms ask for, each a date or a moment in London. `expect`: the last day of a stage, of its target as `stage.target`,
   * or of raising; `none` where no date runs.
   */
  examples: z
    .array(
      z.strictObject({
        title: title.optional(),
        given: z.record(identifier, day),
        expect: z.record(z.string().regex(/^[a-z][\w.-]*$/), z.union([z.iso.date(), z.literal('none')])),
      }),
    )
    .default([]),
  /** The first stage. */
  start: identifier,
  stages: z.record(identifier, stageSchema),
});

/** A procedure definition. */
export type Procedure = z.infer<typeof procedureShape>;
