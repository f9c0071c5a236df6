import type { RecordedEvent } from './events/events.ts';
import type { PersonId, Standing } from './events/trail.ts';

/** Somebody who had a part in a case by name, until another was named in their place (CD16). */
export type Former = { person: PersonId; standing: Standing };

/** Who has what part by name. */
type Named = {
  formerly: Former[];
  dissent: { conference: { chair: PersonId } };
  otherChair: PersonId | null;
  named: Record<string, PersonId>;
  conclusion: { parents: Record<string, { teller: PersonId | null }> };
};

/** Those who had a part by name, after one more event. Pure. */
export function formersAfter(before: Named, event: RecordedEvent): Former[] {
  const change = replacedBy(before, event);
  if (!change?.person || change.person === change.by) return before.formerly;
  return [...before.formerly, { person: change.person, standing: change.standing }];
}

function replacedBy(before: Named, event: RecordedEvent): { person: PersonId | null | undefined; by: PersonId; standing: Standing } | null {
  const { chair } = before.dissent.conference;
  switch (event.type) {
    case 'ChairNamed':
      return { person: chair, by: event.chair, standing: 'chair' };
    case 'ChairChosen':
      return { person: before.otherChair ?? chair, by: event.chair, standing: 'meeting-chair' };
    case 'TellerNamed':
      return { person: before.conclusion.parents[event.stage]?.teller, by: event.person, standing: 'teller' };
    case 'ActorNamed':
      return { person: before.named[event.role], by: event.person, standing: event.role };
    default:
      return null;
  }
}
