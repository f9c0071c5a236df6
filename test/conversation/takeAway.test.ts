import { beforeEach, describe, expect, test } from '@jest/globals';
import { OutsideFault } from '../../src/app/faults.ts';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { reference } from '../bot/dissent.ts';
import { play, program } from './freshProgram.ts';

beforeEach(async () => {
  await play.referred();
  // The store in memory keeps no lists.
  program.deps.cases.openBySoonest = async (partnerships, _limit, offset) =>
    offset > 0 || !partnerships.includes('camden')
      ? []
      : [
          {
            reference,
            revision: 5,
            partnership: 'camden',
            procedure: { id: 'camden-dissent', version: 1 },
            stage: 'decide',
            dueOn: '2027-01-26',
            waitsFor: 'service-manager',
            status: 'open',
            raisedAt: '2027-01-12T15:10:00Z',
          },
        ];
});

/** What somebody reads who asks for a file in words. */
const asks = async (person: string, text: string) => wordsOf(cardIn((await program.says(person, text))[0]));
const fileOf = (sent: (typeof program.mailed)[number] | undefined) => new TextDecoder().decode(sent?.[1].attachment?.content);

describe('OP7: a table is taken away as a file, to the own mailbox of whoever asks', () => {
  test('the register: as on the card, without what a case is about', async () => {
    expect(await asks('service-manager', 'register as csv')).toContain('Outlook took "register-2027-01-12.csv" for your own mailbox');
    const [from, { to, subject, lines, attachment }] = program.mailed[0]!;
    expect([from, to]).toEqual(['conferences@camden.example', 'farida.oakenshaw@camden.example']);
    expect(`${subject} ${lines.join(' ')} ${attachment?.fileName}`).not.toMatch(/CH-|Larkspur|DIS-27/);
    expect(fileOf(program.mailed[0])).toMatch(
      /^Case,Stage,Waits for,Due,Working days left,Working days over\r\nDIS-27-001,[^,]+,the Service Manager,2027-01-26,10,\r\n$/,
    );
  });

  test("a case's history, for whoever may have the whole of it, with a look in the trail", async () => {
    program.trail.length = 0;
    await asks('service-manager', `case ${reference} as csv`);
    expect(fileOf(program.mailed[0])).toMatch(/^No\.,When,Who,As what,What happened\r\n1,/);
    expect(program.trail).toMatchObject([{ reference, person: 'service-manager', result: 'viewed' }]);
  });

  test('the figures, small counts told as few as on the card', async () => {
    program.clock.instant = program.clock.instant.add({ hours: 24 * 7 });
    await asks('service-manager', 'figures as csv');
    expect(fileOf(program.mailed[0])).toContain('Raised,all,fewer than 5,\r\n');
  });

  test.each([
    ['health-visitor', 'register as a file', 'for those who decide and administrate'],
    ['health-visitor', 'figures as a file', 'no figures here that you can see'],
    ['health-visitor', `case ${reference} as a file`, 'Only those who may read the whole'],
    ['police-officer', `case ${reference} as a file`, `There is no case ${reference} that you can see`],
    ['police-officer', 'case DIS-27-999 as a file', 'There is no case DIS-27-999 that you can see'],
  ])('%s who asks for "%s" is told why not, and nothing is sent', async (person, text, why) => {
    expect(await asks(person, text)).toContain(why);
    expect(program.mailed).toEqual([]);
  });

  test.each<[OutsideFault['kind'], string]>([
    ['unreachable', 'Outlook did not take it. Ask again in a few minutes'],
    ['uncertain', 'Outlook did not say whether it took the file'],
  ])('what Outlook did not take is said: %s', async (kind, says) => {
    program.faults.mail = new OutsideFault(kind, 'no', 'the mailbox');
    expect(await asks('service-manager', 'register as a file')).toContain(says);
  });

  test('the button of the register sends it too', async () => {
    const card = cardIn((await program.says('service-manager', 'register'))[0]);
    expect(JSON.stringify(card)).toContain('take-away:register.xlsx');
    await program.presses('service-manager', { reference: '', revision: 0, verb: 'take-away:register.xlsx' });
    expect(program.mailed[0]?.[1].attachment?.fileName).toBe('register-2027-01-12.xlsx');
  });
});
