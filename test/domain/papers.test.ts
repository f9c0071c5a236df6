import { expect, test } from '@jest/globals';
import { newsAt } from '../../src/app/stageCards.ts';
import type { Command } from '../../src/domain/commands.ts';
import { readEvent } from '../../src/domain/events/events.ts';
import { aDissent, camden, decides, events, given, referred, type Step, when } from './given.ts';

/** CD4: notes, minutes and the plan can be given until the case closes, each with its day, and whoever decides next is told. */

const minutes: Command = { type: 'AddPaper', title: 'Minutes of the conference', link: 'https://files.example/minutes/1' };
const at = '2027-01-18T10:00:00Z';
const upheld = decides('sm', '2027-01-20T11:00:00Z', 'decide', 'upheld');

test.each(['chair', 'administrator'])('CD4: the %s adds minutes after the record, and they are kept with their day', (by) => {
  const current = given(aDissent(), [referred, { at, by, does: minutes }]);
  expect(current.papers).toEqual([
    { title: 'Minutes of the conference', link: 'https://files.example/minutes/1', at, by, stage: 'decide' },
  ]);
  expect(newsAt(current, camden, (role) => [role])).toContainEqual({ person: 'service-manager', key: `told:paper:${at}` });
  expect(readEvent(events(when(current, minutes, by, at))[0])).toHaveProperty('event');
});

test('CD4: also after a decision, and not before the record, by anybody else, or once it is closed', () => {
  const late: Step = { at: '2027-01-25T10:00:00Z', by: 'chair', does: minutes };
  expect(given(aDissent(), [referred, upheld, late]).papers).toHaveLength(1);
  expect(when(given(aDissent()), minutes, 'chair', at)).toMatchObject({ refused: 'not-now', rule: 'CD4' });
  expect(when(given(aDissent(), [referred]), minutes, 'health-visitor', at)).toMatchObject({ refused: 'not-allowed' });
  const withdrawn: Step = { at, by: 'health-visitor', does: { type: 'Withdraw', reason: 'We agreed.' } };
  expect(when(given(aDissent(), [referred, withdrawn]), minutes, 'chair', at)).toMatchObject({ refused: 'already-done' });
});
