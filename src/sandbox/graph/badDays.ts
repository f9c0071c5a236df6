import { z } from 'zod';

/** A bad day for Graph, asked for over the sandbox's control: what befalls the next requests of a method and path. */
export const badDaySchema = z.intersection(
  z.object({
    /** Any method when left out. */
    method: z.string().optional(),
    /** Words that the path must hold, such as `/events`; any path when left out. */
    path: z.string().optional(),
    times: z.number().int().min(1).default(1),
  }),
  z.discriminatedUnion('what', [
    /** Refused before anything is done: 401, 403, 429 and the like. */
    z.object({
      what: z.literal('refused'),
      status: z.number().int().min(400).max(599),
      retryAfter: z.string().optional(),
      /** Graph's word for the error, such as `ErrorIrresolvableConflict`. */
      code: z.string().default('SandboxTrouble'),
      /** What `WWW-Authenticate` says with a 401. */
      challenge: z.string().optional(),
    }),
    /** Done, and then answered as a fault: 504 above all. */
    z.object({ what: z.literal('done-but-refused'), status: z.number().int().min(500).max(599).default(504) }),
    /** Done, and the line goes dead before the answer. */
    z.object({ what: z.literal('lost-answer') }),
    /** Done, and Outlook has no Teams link for it: an event that is made has none, then or later, until its Teams part is mended by hand. */
    z.object({ what: z.literal('without-link') }),
    /** Done, and an event that was deleted or cancelled is still read by its id, from Deleted Items, though it is in no calendar. */
    z.object({ what: z.literal('kept-in-deleted-items') }),
    z.object({ what: z.literal('slow'), milliseconds: z.number().int().min(1) }),
  ]),
);

/** A bad day as it is asked for. */
export type BadDay = z.input<typeof badDaySchema>;
/** A bad day with everything filled in that was left out. */
export type Trouble = z.output<typeof badDaySchema>;

/** The bad days that are still to come, in the order they were asked for. */
export function badDays() {
  const waiting: Trouble[] = [];
  return {
    /** @throws ZodError for a plan that is not one */
    plan(day: BadDay): void {
      waiting.push(badDaySchema.parse(day));
    },
    /** What befalls this request, if anything; it counts as one of the plan's times. */
    befalls(method: string, path: string): Trouble | null {
      const trouble = waiting.find((day) => (day.method ?? method).toUpperCase() === method && path.includes(day.path ?? ''));
      if (!trouble) return null;
      trouble.times -= 1;
      if (trouble.times === 0) waiting.splice(waiting.indexOf(trouble), 1);
      return trouble;
    },
  };
}
