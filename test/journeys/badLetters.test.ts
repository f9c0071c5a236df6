import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { personalChatId } from '../../src/sandbox/teams/chats.ts';
import { activityFrom, send } from '../support/teamsClient.ts';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

/** Graph at its worst while letters go out and reasons are filed: each once, or a card that says what is not known. */

const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
const COPY = 'partnership@camden.example';
const settling = ['It was sent', 'Send again', 'Do not send'];
const wording = 'The threshold was read out, and each part of it was looked at.';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-02-01T15:00:00Z', { badDay: true });
});
afterAll(() => camden.close());

/** Presses a person's button of that verb on a case's card, and then sends the form that it opens; returns the words that came back. */
async function presses(person: string, reference: string, verb: string, inputs?: Record<string, string>): Promise<string> {
  const cards = await camden.cardsAbout(person, reference);
  const card = cards.findLast(({ actions }) => actions.some((action) => action.verb === verb));
  if (!card) throw new Error(`${person} has no button ${verb} on ${reference}`);
  const words = await camden.pressesVerb(person, verb, {}, card.activityId);
  return inputs ? camden.pressesVerb(person, verb, inputs, card.activityId) : words;
}

/** A dissent that was not upheld: its reasons are filed by themselves, and its letter waits to be read. */
async function notUpheld(person: string): Promise<string> {
  const { now } = (await camden.call('GET', '/clock')).body;
  await camden.says(person, 'raise dissent');
  const form = dissentForm({ date: String(now).slice(0, 10), children: childOf(person) });
  const reference = /DIS-27-\d{3}/.exec(await camden.presses(person, 'Send to the chair', form))?.[0] ?? '';
  await camden.fillsIn('chair', reference, 'Refer', recordForm());
  await presses('service-manager', reference, 'decide:decide.not_upheld', { reasons: 'The threshold is not met.' });
  return reference;
}

/** Each case is about a child of its own, so that none is told of another. */
const childOf = (person: string) => `CH-${1000 + directory.people.findIndex(({ id }) => id === person)}`;

const approves = (reference: string) => presses('service-manager', reference, 'approve:decide', { wording });

const mailsOf = async (reference: string) =>
  (await camden.mail()).filter(({ subject }) => subject.endsWith(reference)).map(({ to }) => to[0]);

const filesOf = async (reference: string) => (await camden.files()).filter(({ path }) => path.includes(reference));

type Concluded = { sendings: { number: number; status: string; to: string }[]; filed: Record<string, { by: string }> };

async function concluded(reference: string): Promise<Concluded> {
  return (await camden.describe(reference)).state.conclusion as Concluded;
}
const statuses = async (reference: string) => (await concluded(reference)).sendings.map(({ status }) => status);

const events = async (reference: string, type: string) => (await camden.describe(reference)).history.filter(({ event }) => event === type);

describe('letters', () => {
  test('C17 C18: one that Graph put off with 429, and then with 503, goes once when it is tried again, and keeps no other back', async () => {
    const reference = await notUpheld('gp');
    await camden.troubles({ graph: { path: '/sendMail', what: 'refused', status: 429, retryAfter: '30' } });
    expect(await approves(reference)).not.toContain('went wrong');
    expect(await statuses(reference)).toEqual(['wanted', 'sent']);
    expect(await mailsOf(reference)).toEqual([COPY]);
    const [job] = (await camden.jobs()).filter((each) => each.name === 'send');
    expect(job).toMatchObject({ reference, state: 'waiting', lastError: { kind: 'throttled' } });
    const { now } = (await camden.call('GET', '/clock')).body as { now?: string };
    expect(Date.parse(job?.retryAt ?? '') - Date.parse(now ?? '')).toBeGreaterThan(25_000);

    await camden.troubles({ graph: { path: '/sendMail', what: 'refused', status: 503 } });
    await camden.triesAgain('send', reference);
    expect(await statuses(reference)).toEqual(['wanted', 'sent']);
    await camden.triesAgain('send', reference);
    expect(await statuses(reference)).toEqual(['sent', 'sent']);
    expect(await mailsOf(reference)).toEqual([COPY, 'anjali.dovecote@marlow-lane.example']);
  });

  test('C17 X4: 504 after the mail was taken is not tried again: the card says that it is not known, and whoever decided says it was sent', async () => {
    const reference = await notUpheld('midwife');
    await camden.troubles({ graph: { path: '/sendMail', what: 'done-but-refused', status: 504 } });
    await approves(reference);
    expect(await statuses(reference)).toEqual(['uncertain', 'sent']);
    expect(await camden.readsOf('service-manager', reference)).toContain('not known');
    for (const person of ['service-manager', 'administrator'])
      expect(await titlesOf(person, reference)).toEqual(expect.arrayContaining(settling));

    await camden.clock('2027-02-02T15:00:00Z');
    expect(await mailsOf(reference)).toHaveLength(2);
    await presses('service-manager', reference, 'settle:1.sent');
    expect(await statuses(reference)).toEqual(['sent', 'sent']);
    expect(await mailsOf(reference)).toHaveLength(2);
    expect(await titlesOf('service-manager', reference)).not.toContain('Send again');
  });

  test('C18 X4: of two answers that were lost, an administrator has one letter sent again and drops the other', async () => {
    const reference = await notUpheld('teacher');
    await camden.troubles({ graph: { path: '/sendMail', what: 'lost-answer', times: 2 } });
    await approves(reference);
    expect(await statuses(reference)).toEqual(['uncertain', 'uncertain']);
    await presses('administrator', reference, 'settle:2.again');
    await presses('administrator', reference, 'settle:1.dropped');
    expect(await statuses(reference)).toEqual(['dropped', 'sent']);
    expect((await mailsOf(reference)).filter((to) => to === COPY)).toHaveLength(2);
    expect(await events(reference, 'SendingSettled')).toHaveLength(2);
  });

  test('C17 X6: a mailbox that the bot may not send from is said on the card and in the list of what is stuck, and once it may, the letter goes once', async () => {
    const reference = await notUpheld('police-officer');
    await camden.troubles({ graph: { path: '/sendMail', what: 'refused', status: 403 } });
    await approves(reference);
    expect(await statuses(reference)).toEqual(['failed', 'sent']);
    const stuck = await stuckList();
    expect(stuck.words).toContain(`${reference}: A letter did not go, or may not have gone`);
    expect(stuck.words).not.toContain(childOf('police-officer'));
    expect(await camden.presses('administrator', `Open ${reference}`, {}, stuck.activityId)).toContain('Letters that did not go');
    await presses('service-manager', reference, 'settle:1.again');
    expect(await statuses(reference)).toEqual(['sent', 'sent']);
    expect(await mailsOf(reference)).toHaveLength(2);
    expect((await stuckList()).words).not.toContain(reference);
  });

  test('design 2: whoever approves a letter is answered before Graph has taken it', async () => {
    const reference = await notUpheld('drug-and-alcohol-worker');
    await camden.troubles({ graph: { path: '/sendMail', what: 'slow', milliseconds: 1500, times: 2 } });
    const { revision } = await camden.describe(reference);
    const { name, aadObjectId } = directory.people.find(({ id }) => id === 'service-manager') ?? {};
    const recipients = 'agency:drug-and-alcohol-service';
    const { body } = await send(
      camden.botPort,
      activityFrom(`${camden.base}/teams/`, {
        type: 'invoke',
        conversation: { id: personalChatId('service-manager'), conversationType: 'personal' },
        name: 'adaptiveCard/action',
        from: { id: '29:service-manager', name, aadObjectId },
        value: { action: { type: 'Action.Execute', data: { reference, revision, verb: 'approve:decide', wording, recipients } } },
      }),
    );
    expect(body).toMatchObject({ statusCode: 200, value: { refresh: { action: { data: { revision: revision + 2 } } } } });
    expect(await statuses(reference)).toEqual(['wanted', 'wanted']);
    await camden.clock('2027-02-02T15:30:00Z');
    expect(await statuses(reference)).toEqual(['sent', 'sent']);
    expect(await mailsOf(reference)).toHaveLength(2);
  });
});

describe("the reasons on a child's file", () => {
  test('C23: an upload whose answer was lost is one document, on file once', async () => {
    await camden.troubles({ graph: { path: ':/content', what: 'lost-answer' } });
    const reference = await notUpheld('camhs-practitioner');
    expect((await concluded(reference)).filed).toEqual({});
    expect(await filesOf(reference)).toHaveLength(1);
    await camden.triesAgain('file', reference);
    expect((await concluded(reference)).filed).toMatchObject({ [childOf('camhs-practitioner')]: { by: 'bot' } });
    expect(await filesOf(reference)).toMatchObject([{ versions: 2 }]);
    expect(await events(reference, 'ReasonsFiled')).toHaveLength(1);
  });

  test('C23: a library that refuses is said on the checklist, and tried again it is on file once', async () => {
    await camden.troubles({ graph: { path: ':/content', what: 'refused', status: 403 } });
    const reference = await notUpheld('probation-officer');
    expect(await filesOf(reference)).toEqual([]);
    expect((await stuckList()).words).toContain(`${reference}: Reasons are not on a child's file`);
    await presses('administrator', reference, 'file-again');
    expect((await stuckList()).words).not.toContain(reference);
    expect(await filesOf(reference)).toHaveLength(1);
    expect(await events(reference, 'ReasonsFiled')).toHaveLength(1);
  });
});

async function titlesOf(person: string, reference: string): Promise<string[]> {
  return (await camden.cardsAbout(person, reference)).flatMap(({ actions }) => actions.map(({ title }) => title));
}

/** What an administrator is answered who asks what is stuck. */
async function stuckList(): Promise<{ words: string; activityId: string }> {
  await camden.says('administrator', 'stuck');
  const { card, activityId } = (await camden.chat('administrator')).at(-1) ?? { card: null, activityId: '' };
  return { words: JSON.stringify(card), activityId };
}
