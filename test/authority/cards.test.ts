import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Directory, directorySchema } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { button, caseIn, dissent, record, reference } from '../bot/dissent.ts';
import { startProgram } from '../bot/program.ts';

/** What a card in the wrong hands, or of another case or time, comes to: nothing, and the trail says who tried (X3, X5, X9). */

const file = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
const present: { directory: Directory } = { directory: file };
let program: Awaited<ReturnType<typeof startProgram>>;
let play: ReturnType<typeof caseIn>;
beforeEach(async () => {
  present.directory = file;
  program = await startProgram('2027-01-12T15:10:00Z', () => present.directory);
  play = caseIn(program);
});
afterEach(() => program.close());

/** From now on the directory is without somebody, and their posts have another holder. */
function removed(person: string, successor: string): void {
  const succeeded = (part: object) => JSON.parse(JSON.stringify(part).replaceAll(`"holder":"${person}"`, `"holder":"${successor}"`));
  const people = file.people.filter(({ id }) => id !== person).map(({ manager: _, ...each }) => each);
  present.directory = directorySchema.parse({ partnerships: succeeded(file.partnerships), people });
}

const second = 'DIS-27-002';
const trailOf = (which: string) => program.cases.trails.get(which)?.events.length;
const refusals = () => program.trail.filter(({ result }) => result === 'refused');

/** A second dissent, of another person from another chair's conference, as far as its chair. */
async function raisedBy(person: string, chair: string) {
  const form = cardIn((await program.says(person, 'raise dissent'))[0]);
  await program.presses(person, { ...button(form, 'raise:camden.camden-dissent'), ...dissent, chair });
}

describe('issue 5: forwarded cards', () => {
  test("C9 X3: every button of everybody's card, pressed by everybody else with the form filled in, does nothing and is in the trail", async () => {
    await play.referred();
    const before = trailOf(reference);
    const holders = ['health-visitor', 'chair', 'service-manager'];
    const others = ['teacher', 'second-chair', 'head-of-service', 'service-manager-alternate', 'administrator', 'community-health-lead'];
    const cards = await Promise.all(holders.map(async (person) => cardIn((await program.says(person, `case ${reference}`))[0])));
    const filled = { ...record, reasons: 'Because.', question: 'What?', reason: 'Because.', text: 'More.' };
    const forwarded = cards.flatMap((card) => buttonsOf(card)).filter(({ verb }) => !/^(see|read|help|my-cases|raise)/.test(verb));
    expect(forwarded.length).toBeGreaterThan(5);
    for (const person of others) {
      for (const { data } of forwarded) {
        const answer = wordsOf(await program.presses(person, { ...data, ...filled }));
        if (['teacher', 'second-chair', 'service-manager-alternate'].includes(person))
          expect(answer).not.toMatch(/injuries|CH-1041|Larkspur/);
      }
    }
    expect(trailOf(reference)).toBe(before);
    expect(refusals()).toHaveLength(forwarded.length * others.length);
    expect(new Set(refusals().map(({ person }) => person))).toEqual(new Set(others));
  });
});

describe('issue 5: a card of another case, or of another time', () => {
  test("C9 X3: one's own button with another case's reference is a press on that case, where one has no part", async () => {
    await play.raised();
    await raisedBy('teacher', 'second-chair');
    const [mine, theirs] = [trailOf(reference), trailOf(second)];
    const answer = await program.presses('chair', { reference: second, revision: 2, verb: 'refer', ...record });
    const none = await program.presses('chair', { reference: 'DIS-27-999', revision: 2, verb: 'refer', ...record });
    expect(JSON.stringify(answer).replaceAll(second, '')).toBe(JSON.stringify(none).replaceAll('DIS-27-999', ''));
    expect([trailOf(reference), trailOf(second)]).toEqual([mine, theirs]);
    expect(refusals()[0]).toMatchObject({ person: 'chair', reference: second, role: 'none', rule: 'X3' });
  });

  test.each([
    ['DIS-S-27-999', 'Only the chair of this meeting can record.'],
    ['CMP-27-999', 'Only the administrators can pass this on.'],
    ['OTHER-27-999', 'Only the chair of this meeting can record.'],
  ])('X9: of %s, which is not there, it is said in the words of its kind', async (which, sentence) => {
    expect(wordsOf(await program.presses('chair', { reference: which, revision: 2, verb: 'refer', ...record }))).toContain(sentence);
  });

  test('X5: a revision that the case has not come to is as stale as one that it has left', async () => {
    await play.referred();
    const before = trailOf(reference);
    for (const revision of [6, 7, 1000, 1_000_000, 0, 1]) {
      const answer = await play.press('service-manager', 'decide:decide.upheld', revision, { reasons: 'Considered.' });
      expect([revision, wordsOf(answer)]).toEqual([revision, expect.stringContaining('moved on')]);
    }
    expect(trailOf(reference)).toBe(before);
    expect(refusals().map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => 'stale'));
  });

  test.each([-1, 5.5, 'five', null, {}, 1e9, true])('X5: %j is no revision', async (revision) => {
    await play.referred();
    const before = trailOf(reference);
    await program.presses('service-manager', { reference, revision, verb: 'decide:decide.upheld', reasons: 'Considered.' });
    expect(trailOf(reference)).toBe(before);
  });
});

describe('issue 5: somebody removed from the directory since', () => {
  test('C11 X3: the Service Manager who has left decides nothing on the card that they still have; the new one does', async () => {
    await play.referred();
    removed('service-manager', 'social-worker');
    const before = trailOf(reference);
    const gone = await leaver('service-manager', { reference, revision: 5, verb: 'decide:decide.upheld', reasons: 'Considered.' });
    expect(gone).toContain('Only the person named by the procedure can decide this.');
    expect(trailOf(reference)).toBe(before);
    await play.press('social-worker', 'decide:decide.upheld', 5, { reasons: 'Considered.' });
    expect(play.eventsOf()).toContain('DecisionMade');
  });

  test('X9: a chair or dissenter who has left sees nothing of the case any more, and gets the answer for one that does not exist', async () => {
    await play.raised();
    for (const person of ['chair', 'health-visitor']) {
      removed(person, 'nobody');
      const [real, none] = await Promise.all(
        [reference, 'DIS-27-999'].map(async (which) =>
          (await leaver(person, { reference: which, revision: 2, verb: 'see:status' })).replaceAll(which, '?'),
        ),
      );
      expect(real).toBe(none);
      expect(await leaver(person, { reference, revision: 2, verb: 'refer', ...record })).not.toContain('Three injuries');
    }
    expect(trailOf(reference)).toBe(2);
  });

  /** What somebody who has left is answered, whose chat and object id are as they were. */
  async function leaver(person: string, data: object): Promise<string> {
    const { name, aadObjectId } = file.people.find(({ id }) => id === person) ?? {};
    return wordsOf(await program.presses('teacher', data, { from: { id: `29:${person}`, name, aadObjectId } }));
  }
});
