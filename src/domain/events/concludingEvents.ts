import { z } from 'zod';
import { date, event, graphFailure, id, number, text } from './trail.ts';

/** What can happen once something was decided: letters and whom they were sent to, telling, filing, and remaining concerned. */

const documentName = z.union([
  z.templateLiteral(['letter:', z.string()]),
  z.enum(['dissent-letter', 'entry', 'acknowledgement', 'case', 'escalation']),
]);
const recipient = z.union([z.templateLiteral(['agency:', z.string()]), z.templateLiteral(['person:', z.string()]), z.literal('copy')]);
const sendingFailure = z.enum(['permission', 'not-found', 'rejected', 'uncertain', 'no-address']);

/** The schemas of these events. */
export const concludingEvents = [
  /** `own`: how it words the reasons of a child that has its own (CD1). Absent where none has, and from before they were kept. */
  event('LetterApproved', { stage: id, wording: text, own: z.record(z.string(), text).exactOptional(), changes: text.nullable() }),
  event('SendingsWanted', { document: documentName, to: z.array(recipient) }),
  event('SendingDone', { sending: number }),
  event('SendingFailed', { sending: number, cause: sendingFailure }),
  /** A person says what became of a message: it went, it is to be sent again, or it need not be sent. */
  event('SendingSettled', { sending: number, as: z.enum(['sent', 'again', 'dropped']) }),
  event('TaskTicked', { task: z.string(), note: text.nullable() }),
  event('TellerNamed', { stage: id, person: id }),
  event('ContactChecked', { stage: id, safe: z.boolean(), approach: text.nullable() }),
  event('ParentsTold', { stage: id, on: date, means: text, everyone: z.boolean(), note: text.nullable() }),
  event('ReasonsFiled', { child: z.string(), fileReference: z.string(), item: z.string().nullable() }),
  event('FilingFailed', { child: z.string(), cause: graphFailure }),
  event('FilingWanted', {}),
  /** `after` is the decision that it follows. Absent where it was written before that was kept: it then follows all that was decided. */
  event('ConcernRaised', { after: id.exactOptional(), representative: id.nullable() }),
  event('EscalationNoted', { text }),
] as const;

/**
 * A document that a case can send: `letter:<stage>`, the professional's own letter, the entry for the notes, what a complainant is given,
 * or the whole case.
 */
export type DocumentName = z.infer<typeof documentName>;
/** Whom something is sent to: an agency, a person, or the partnership's own copy (C18). */
export type Recipient = z.infer<typeof recipient>;
/** Why a message did not go, or may not have gone. */
export type SendingFailure = z.infer<typeof sendingFailure>;
