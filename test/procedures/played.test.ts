import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { examine } from '../../src/procedures/check.ts';
import { scenariosOf } from '../../src/procedures/walk/scenarios.ts';
import { calendarOf, calendars } from './play.ts';
import { everyWay, playWithCards } from './robot.ts';

/** Every procedure that the product or its examples have, played to its end on every way by a robot that presses what cards offer. */

/** How many ways are tried of each way to begin; two of the others. */
const WAYS: Record<string, number> = { 'one child': 16, 'three children': 8, late: 4 };

const files = ['procedures', 'procedures/examples', 'test/procedures/partnerships', 'test/procedures/words'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [`${folder}/${name}`] : [])),
);
const beside = files.filter((file) => file.startsWith('procedures/examples/')).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const procedureIn = (file: string): Procedure => {
  const { procedure, findings } = examine({ file, text: readFileSync(file, 'utf8') }, calendars, beside);
  if (!procedure) throw new Error(JSON.stringify(findings));
  return procedure;
};

describe('PL1 PL11: whatever the check accepts is finished by pressing only what cards offer', () => {
  test.each(files)('%s', (file) => {
    const procedure = procedureIn(file);
    const unfinished: string[] = [];
    const passed = new Set<string>();
    for (const { said, world, dissent, late } of scenariosOf(procedure, calendarOf(procedure.calendar))) {
      for (const choose of everyWay(WAYS[said] ?? 2)) {
        const { closed, presses, faults, stages } = playWithCards(world, dissent, choose, { late });
        for (const stage of stages) passed.add(stage);
        if (!closed || faults.length > 0) unfinished.push(`${said}: ${[...presses.slice(-6), ...faults].join('\n    ')}`);
      }
    }
    expect(unfinished.slice(0, 3)).toEqual([]);
    expect([...passed].toSorted()).toEqual(Object.keys(procedure.stages).toSorted());
  });
});
