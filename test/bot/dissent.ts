import { buttonsOf, cardIn, wordsOf } from './chats.ts';
import type { startProgram } from './program.ts';

/** The dissent form, filled in. */
export const dissent = {
  meeting: 'initial',
  date: '2027-01-12',
  decision: 'not_make',
  chair: 'chair',
  children: 'CH-1041',
  grounds: 'threshold',
  reasons: 'Three injuries in six weeks.',
};

/** The chair's form, filled in. */
export const record = {
  consensus: 'yes',
  threshold: 'Read out.',
  decision: 'No plan.',
  basis: 'What was shared.',
  agencies: 'community-health',
};

/** The first case of a program. */
export const reference = 'DIS-27-001';

/** What a button of a card carries. */
export const button = (card: unknown, verb: string) => buttonsOf(card).find((each) => each.verb === verb)?.data;

/** The words in which a first case is brought to where a test begins. */
export function caseIn(program: Awaited<ReturnType<typeof startProgram>>) {
  const press = (person: string, verb: string, revision: number, inputs: object = {}, changes: Record<string, unknown> = {}) =>
    program.presses(person, { reference, revision, verb, ...inputs }, changes);
  const eventsOf = () => program.cases.trails.get(reference)?.events.map(({ type }) => type);
  /** The health visitor raises a dissent; returns the receipt. The case is at revision 2. */
  const raised = async () => {
    const form = cardIn((await program.says('health-visitor', 'raise dissent'))[0]);
    return program.presses('health-visitor', { ...button(form, 'raise:camden.camden-dissent'), ...dissent });
  };
  /** A dissent raised and referred: the case is at revision 5. */
  const referred = async () => {
    await raised();
    const done = await press('chair', 'refer', 2, record);
    if (eventsOf()?.length !== 5) throw new Error(`the case was not referred: ${wordsOf(done)}`);
  };
  return { press, eventsOf, raised, referred };
}
