import type { Insertable, Selectable } from 'kysely';
import type { Commit } from '../app/ports.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import type { CaseEvent, RecordedEvent } from '../domain/case.ts';
import { eventHash, type Head, type HeldCase, instantText, storedInstant } from './chain.ts';
import type { Tables } from './tables.ts';

/** A row of the trail as the domain knows it. */
export function recordedEvent(
  row: Pick<Selectable<Tables['case_event']>, 'type' | 'data' | 'revision' | 'at' | 'actor_person' | 'actor_role'>,
): RecordedEvent {
  const event = { type: row.type, ...row.data } as CaseEvent;
  return { ...event, revision: row.revision, at: instantText(row.at), actor: { person: row.actor_person, role: row.actor_role } };
}

/** The rows of a commit's events, each chained to the one before it, and the chain's new end. */
export function eventRows(
  commit: Pick<Commit, 'reference' | 'events' | 'actor' | 'at'>,
  held: HeldCase,
): { rows: Insertable<Tables['case_event']>[]; head: Head } {
  const { reference, actor } = commit;
  const at = storedInstant(commit.at);
  const { procedure_id, procedure_version } = held;
  let { length, hash } = held;
  const rows = commit.events.map(({ type, ...data }) => {
    const content = {
      reference,
      revision: ++length,
      type,
      data: canonicalJson(data),
      actor_person: actor.person,
      actor_role: actor.role,
      procedure_id,
      procedure_version,
    };
    const previous_hash = hash;
    hash = eventHash(previous_hash, { ...content, data, at });
    return { ...content, at: instantText(at), previous_hash, hash };
  });
  return { rows, head: { length, hash } };
}
