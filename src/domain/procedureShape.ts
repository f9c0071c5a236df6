import { z } from 'zod';
import { choice, decision, ground, identifier, level, source, stageSchema, title } from './procedureParts.ts';

/**
 * What a procedure definition is made of: everything that differs between partnerships is said here, in the practitioners' words, and
 * the engine reads it. A published version is never edited (X2). Whether it holds together, `procedureFaults.ts` says.
 */
export const procedureShape = z.strictObject({
  id: identifier,
  version: z.number().int().positive(),
  title,
  /** What precedes the year and number in a case reference: DIS gives DIS-27-001. */
  prefix: z.string().regex(/^[A-Z]{2,5}(-[A-Z])?$/),
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
      case: title.default('dissent'),
      /** Whom a named person tells, in running text: "the parents", "those who complain". */
      family: title.default('the parents'),
    })
    // In the code a standing is what somebody is on a case; published files keep their word.
    .transform(({ standing: decisionStands, ...words }) => ({ ...words, decisionStands })),
  /** Who raises it: professionals for their agencies, or staff (administrators and chairs) for somebody without Teams (P1). */
  raisedBy: z.enum(['professionals', 'staff']).default('professionals'),
  /** For whom staff may raise it; where there are none, nobody is asked (P1). */
  complainants: z.record(identifier, choice).default({}),
  /** Who decides. The role `agency-lead` is held by the named lead of the dissenter's agency; the others by posts in the directory. */
  roles: z.record(identifier, z.strictObject({ title, source })),
  meetings: z.record(identifier, choice),
  decisions: z.record(identifier, decision),
  grounds: z.record(identifier, ground),
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
  /** The first stage. */
  start: identifier,
  stages: z.record(identifier, stageSchema),
});

/** A procedure definition. */
export type Procedure = z.infer<typeof procedureShape>;
