import { z } from 'zod';
import { concludingEvents } from './concludingEvents.ts';
import { dissentEvents } from './dissentEvents.ts';
import { meetingEvents } from './meetingEvents.ts';
import type { Recorded } from './trail.ts';

/** Everything that can happen to a case, each said once: what is written and what is read is what its schema says. */
const eventSchema = z.discriminatedUnion('type', [...dissentEvents, ...meetingEvents, ...concludingEvents]);

/** Everything that can happen to a case. */
export type CaseEvent = z.infer<typeof eventSchema>;
/** What can happen about the reconvened conference. */
export type MeetingEvent = z.infer<(typeof meetingEvents)[number]>;
/** What can happen once something was decided. */
export type ConcludingEvent = z.infer<(typeof concludingEvents)[number]>;
/** An event as it stands in the trail (X1). */
export type RecordedEvent = Recorded<CaseEvent>;

/**
 * What is read from a trail, or about to be written to one, as the event that it is; or where in it something is missing, foreign or of
 * another kind than the schema says. Never what stands there: somebody's words, and the names that people gave, are left out.
 */
export function readEvent(value: unknown): { event: CaseEvent } | { faults: string[] } {
  const read = eventSchema.safeParse(value);
  if (read.success) return { event: read.data };
  return { faults: [...new Set(read.error.issues.map(({ path }) => placeOf(path)))] };
}

/** A path inside an event, with `*` for what is no field of a schema: an answer's id, or a child's reference. */
function placeOf(path: PropertyKey[]): string {
  known ??= fieldsOf(z.toJSONSchema(eventSchema));
  return path.map((each) => (typeof each === 'number' || known?.has(String(each)) ? String(each) : '*')).join('.') || 'the whole';
}

let known: Set<string> | undefined;

/** The name of every field that a JSON schema has, at any depth. */
function fieldsOf(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return new Set([...own, ...Object.values(schema).flatMap((each) => [...fieldsOf(each)])]);
}
