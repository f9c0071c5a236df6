import { currentBooking } from '../bookings.ts';
import { canonicalJson } from '../canonicalJson.ts';
import type { Case } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import type { PersonId } from '../events/trail.ts';
import { already, notNow, type Refusal } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { alwaysThere, attendeesOf, listedIn } from '../sharing.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';
import { byBookers, notBooked } from './meeting.ts';

/** Who is invited to the conference that meets again, after the chair first listed them (CD5). */
export const inviting: CommandFamily<'ChangeInvited'> = {
  ChangeInvited: {
    rule: (current, intention, context) => {
      const rule = byBookers(current, intention, context);
      return { ...rule, bar: rule.bar ?? begun(current, context) };
    },
    onlyFor: (words) => `Only those who book this ${words.meeting} can change who is invited.`,
    consequences: changeInvited,
  },
};

/** People are added and taken off until it begins: whoever was there then stays on record as invited. */
function begun(current: Case, { now, procedure }: CommandContext): Refusal | null {
  const booking = currentBooking(current);
  if (!booking || (booking.status !== 'held' && Temporal.Instant.compare((booking.inOutlook ?? booking.slot).start, now) > 0)) return null;
  return notNow(`The time of this ${procedure.words.meeting} has come. Who is invited can be changed only before that.`, 'CD5');
}

/** The list as it is to be. Chair, dissenter and those whom another case brings are invited anyway, and nobody who is there is asked twice. */
function changeInvited(current: Case, command: CommandOf<'ChangeInvited'>, { roster }: CommandContext): Consequences {
  const anyway = alwaysThere(current);
  const required = [...new Set(command.required)].filter((person) => !anyway.has(person));
  const optional = [...new Set(command.optional)].filter((person) => !anyway.has(person) && !required.includes(person));
  const before = listedIn(current);
  const known = new Set([...before.required, ...before.optional, ...(roster.people ?? [...required, ...optional])]);
  const unknown = (people: PersonId[]) => people.some((person) => !known.has(person));
  const wrong = { required: unknown(required), optional: unknown(optional) };
  const said = 'Choose people who are in the directory.';
  if (wrong.required || wrong.optional)
    return notBooked({ ...(wrong.required ? { required: said } : {}), ...(wrong.optional ? { optional: said } : {}) }, 'CD5');
  const invited = { required, optional };
  if (sameOf(current) === sameOf({ ...current, invited })) return already('These people are invited already, and nobody else.');
  return { events: [{ type: 'InvitedChanged', ...invited }, { type: 'TimesRequested' }] };
}

/** Who is there and who has to be, in whatever order they were given. */
function sameOf(current: Case): string {
  return canonicalJson(attendeesOf(current).toSorted((one, other) => one.person.localeCompare(other.person)));
}
