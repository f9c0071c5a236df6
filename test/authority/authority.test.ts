import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { caseAction } from '../../src/cards/actions.ts';
import type { Case } from '../../src/domain/case.ts';
import { allCommands } from '../../src/domain/commands/allCommands.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { mayDo } from '../../src/domain/mayDo.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { bystanders, contextIn, type Place, roster } from './cast.ts';
import { situations } from './situations.ts';
import { readTable } from './table.ts';

/** What the rules answer to a press, whatever its form would say; null for one that they allow. */
function refusalOf(verb: string, person: string, current: Case, setting: Place): { refused: string; sentence: string } | null {
  const intention = caseAction(verb)?.intention(current);
  if (!intention) throw new Error(`no button does "${verb}"`);
  const answer = mayDo(current, intention, contextIn(setting, person, current));
  return isRefusal(answer) ? answer : null;
}

describe.each(Object.entries(situations))(
  'C9 C11 C14 C17 C22 C23 C24 S12 S13 S21 X3 X4 X5: %s',
  (procedure, { setting, decided, cases }) => {
    const { columns, rows } = readTable(procedure, Object.keys(cases));
    const personOf = (column: string) => ({ decided, logger: 'third-chair' })[column] ?? column;

    test.each(rows)('$verb: who may, where, is as the table says', ({ verb, allowed }) => {
      const found = columns.map((column) => {
        const where = Object.entries(cases).filter(([, current]) => refusalOf(verb, personOf(column), current, setting) === null);
        return [column, where.map(([name]) => name).toSorted()];
      });
      expect(found).toEqual(columns.map((column) => [column, [...(allowed[column] ?? [])].toSorted()]));
    });

    test.each(rows)('$verb: nobody else may, anywhere, and a deputy may what the holder may', ({ verb }) => {
      const wrong = Object.entries(cases).flatMap(([name, current]) => [
        ...bystanders
          .filter((person) => refusalOf(verb, person, current, setting)?.refused !== 'not-allowed')
          .map((person) => `${person} at ${name}`),
        ...Object.entries(roster.roles)
          .filter(([role, { deputies }]) => columns.includes(role) && deputies.length > 0)
          .filter(([, { holder, deputies }]) => {
            const [own, deputys] = [holder, deputies[0]?.person ?? ''].map((person) => refusalOf(verb, person, current, setting)?.sentence);
            return own !== deputys;
          })
          .map(([role]) => `the deputy of ${role} at ${name}`),
      ]);
      expect(wrong).toEqual([]);
    });

    test('what is refused is refused whatever the form says, and the case is as it was', () => {
      const before = structuredClone(cases);
      const presses = Object.entries(cases).flatMap(([name, current]) =>
        [...columns.map(personOf), ...bystanders].flatMap((person) => rows.map(({ verb }) => ({ name, current, person, verb }))),
      );
      const passed = presses.filter(({ current, person, verb }) => {
        const refusal = refusalOf(verb, person, current, setting);
        if (!refusal) return false;
        const answer = decide(current, caseAction(verb)?.intention(current) as Command, contextIn(setting, person, current));
        return !isRefusal(answer) || answer.sentence !== refusal.sentence;
      });
      expect(passed.map(({ name, person, verb }) => `${person} ${verb} ${name}`)).toEqual([]);
      expect(cases).toEqual(before);
    });

    test('the table has every stage, every outcome, every role and every part that a person can have', () => {
      const { stages, roles, raisedBy } = setting.procedure;
      const raiser = raisedBy === 'staff' ? 'logger' : 'dissenter';
      expect(new Set(Object.values(cases).map(({ stage }) => stage))).toEqual(new Set(Object.keys(stages)));
      expect(columns).toEqual(
        expect.arrayContaining([...Object.keys(roles), raiser, 'chair', 'agency-lead', 'administrator', 'decided', 'teller']),
      );
      const outcomes = Object.entries(stages).flatMap(([name, stage]) =>
        stage.kind === 'decide' ? Object.keys(stage.outcomes).map((outcome) => `decide:${name}.${outcome}`) : [],
      );
      expect(rows.map(({ verb }) => verb)).toEqual(expect.arrayContaining(outcomes));
    });

    test('the table has every command that there is', () => {
      const [anywhere] = Object.values(cases);
      const types = new Set(rows.map(({ verb }) => caseAction(verb)?.intention(anywhere ?? null).type));
      expect(Object.keys(allCommands).filter((type) => !types.has(type as keyof typeof allCommands))).toEqual([]);
    });
  },
);

test('every procedure has its table', () => {
  const procedures = globSync('procedures/*.yaml').map((path) => basename(path).split('.')[0]);
  expect(Object.keys(situations).toSorted()).toEqual([...new Set(procedures)].toSorted());
});
