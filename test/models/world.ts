import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { agencyName, nameOf } from '../../src/directory/names.ts';
import { forFamily } from '../../src/domain/case.ts';
import { typedIn } from './anyCommand.ts';
import { CHILDREN, type Played } from './anyConference.ts';
import { type Kind, type Part, partsOf, type Text } from './whoReadsWhat.ts';

/** A conference that was played, with all that was typed on its cases, and what was found that somebody ought not to read, or lacks. */
export type World = Played & { cases: CaseForViewer[]; texts: Map<string, Text>; faults: string[] };

/** Every text that stands in a trail. */
export function textsOf({ trails }: Played, cases: CaseForViewer[]): Map<string, Text> {
  const all = trails.flatMap(({ reference, events }) => {
    const { questions } = cases.find(({ current }) => current.reference === reference)?.current ?? { questions: [] };
    return events.flatMap((event) =>
      typedIn(JSON.stringify(event)).map((words): [string, Text] => {
        const [kind] = words.slice(1).split(' ') as [Kind];
        const asked = 'request' in event ? questions.find(({ request }) => request === event.request)?.to : undefined;
        return [words, { words, kind, reference, writer: event.actor.person, asked, stage: 'stage' in event ? event.stage : undefined }];
      }),
    );
  });
  return new Map(all);
}

/** Each case's words stand in its own trail alone, whatever else its conference serves (Part E, corner 4). */
export function trailsApart({ trails, faults }: World): void {
  const of = new Map<string, string>();
  for (const { reference, events } of trails)
    for (const words of new Set(typedIn(JSON.stringify(events)))) {
      const other = of.get(words);
      if (other !== undefined) faults.push(`the trail of ${reference}: ${words}, which was typed on ${other}, or the other way round`);
      of.set(words, reference);
    }
}

export const parts = ({ today }: Pick<World, 'today'>, person: string, { current, procedure, roster }: CaseForViewer): Set<Part> =>
  partsOf(person, current, procedure, roster, today.toString());

/** The children whose references stand in a text: `CH-10` is not in `CH-10-B`. */
export const childrenIn = (text: string): string[] => {
  const longest = CHILDREN.toSorted((one, other) => other.length - one.length).map((each) => RegExp.escape(each));
  return [...new Set(text.match(RegExp(longest.join('|'), 'g')) ?? [])];
};

export const raiserOf = ({ directory, current }: CaseForViewer): string => nameOf(directory, current.dissent.dissenter);
export const agencyOf = ({ partnership, current: { dissent } }: CaseForViewer): string | null =>
  dissent.agency === null ? null : agencyName(partnership, dissent.agency);
const dissents = ({ cases }: World) => cases.filter(({ current }) => !forFamily(current.dissent));

/** Nothing of anything that anybody typed, of who dissents, for whom, about whom; and no reference besides these (X6). */
export function bare(world: World, where: string, said: string, references: string[]): void {
  const { faults, cases } = world;
  for (const words of typedIn(said)) faults.push(`${where}: ${words}`);
  for (const child of childrenIn(said)) faults.push(`${where}: ${child}`);
  for (const seen of dissents(world))
    if ([raiserOf(seen), agencyOf(seen)].some((name) => name && said.includes(name))) faults.push(`${where}: who dissents`);
  for (const { current } of cases)
    if (said.includes(current.reference) && !references.includes(current.reference)) faults.push(`${where}: ${current.reference}`);
}

/** Who dissents in another case, where that person has no part in this one and is not to be there (X10, Part E). */
export function stranger(
  { faults, today }: World,
  seen: CaseForViewer,
  other: CaseForViewer,
  where: string,
  said: string,
  meets: boolean,
): void {
  if (forFamily(other.current.dissent)) return;
  const { dissenter } = other.current.dissent;
  const chosen = seen.trail.events.some((event) => event.type === 'ChairChosen' && event.chair === dissenter);
  const there = parts({ today }, dissenter, seen).size > 0 || chosen || (meets && seen.current.guests.length > 0);
  if (!there && said.includes(raiserOf(other))) faults.push(`${where}: who dissents in ${other.current.reference}`);
  const agency = agencyOf(other);
  if (!there && agency && agency !== agencyOf(seen) && said.includes(agency))
    faults.push(`${where}: which agency dissents in ${other.current.reference}`);
}
