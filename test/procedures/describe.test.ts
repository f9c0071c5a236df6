import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { procedureSchema } from '../../src/domain/procedureFaults.ts';
import { diagramOf, summaryOf } from '../../src/procedures/describe.ts';
import { checkProcedure, loadLibrary } from '../../src/procedures/loadLibrary.ts';

const library = loadLibrary('procedures');
const camden = library.procedure('camden-dissent', 1);
const scottish = library.procedure('scottish-dissent', 1);
const text = readFileSync('procedures/camden-dissent.1.yaml', 'utf8');
const england = { file: 'england-and-wales.yaml', text: readFileSync('procedures/calendars/england-and-wales.yaml', 'utf8') };
const check = (changed: string) => checkProcedure({ file: 'own.yaml', text: changed }, [england]);

describe('a procedure told in plain English', () => {
  test('C16 C21: who decides, and by when', () => {
    expect(summaryOf(camden)).toEqual(
      expect.arrayContaining([
        'The Service Manager decides by the 10th working day after the conference.',
        expect.stringContaining('by the 15th working day after the Head of Service decided.'),
        '  Upheld: with the Head of Service.',
      ]),
    );
  });

  test('S13 S24: the professional writes by the 5th working day, and the review has a local target only', () => {
    expect(summaryOf(scottish)).toEqual(
      expect.arrayContaining([
        'The professional writes the dissent letter by the 5th working day after the meeting.',
        'The Head of Service decides.',
        'Local target, not part of the procedure: by the 10th working day after the letter was sent.',
      ]),
    );
  });

  test('C17 C18 C22 C23 C24 Q21: what is asked, sent, told and filed, and what somebody has to do', () => {
    expect(summaryOf(camden)).toEqual(
      expect.arrayContaining([
        "  Decision letter: to the agencies that the chair confirmed, with the partnership's copy.",
        '  To be told: the agency that dissents, the chair and the parents.',
        '  Asked with "Request reconvening": "New information" (may be left empty).',
        "  To be filed: reasons on each child's file.",
        expect.stringContaining('remains concerned after "Not upheld", "Request reconvening" and "Do not reconvene"'),
      ]),
    );
    expect(summaryOf(scottish)).toContain(
      '  After "Change the category", the Keeper of the Child Protection Register has a task: change the category on the Child Protection Register.',
    );
  });

  test('its diagram begins with the dissent, ends, and has a way for every outcome', () => {
    const lines = diagramOf(camden).split('\n');
    expect(lines[0]).toBe('stateDiagram-v2');
    expect(lines).toEqual(
      expect.arrayContaining([
        '  [*] --> record: Dissent raised',
        '  decide --> review: Upheld',
        '  decide --> conclude: Not upheld',
        '  conclude --> [*]',
      ]),
    );
  });
});

describe('a procedure file checked by itself', () => {
  test('a good one has no faults', () => {
    expect(check(text)).toMatchObject({ faults: [], procedure: { id: 'camden-dissent' } });
  });

  test('stages that nothing leads to, and stages that lead back to themselves, are faults', () => {
    expect(check(text.replace('{ title: Upheld, next: review,', '{ title: Upheld, next: conclude,')).faults).toEqual([
      'own.yaml: stages.review: nothing leads to this stage',
      'own.yaml: stages.reconvene: nothing leads to this stage',
    ]);
    expect(check(text.replace('{ title: Do not reconvene, next: conclude,', '{ title: Do not reconvene, next: decide,')).faults).toEqual([
      'own.yaml: stages.decide: leads back to itself; a case goes through a stage once',
      'own.yaml: stages.review: leads back to itself; a case goes through a stage once',
    ]);
  });
});

test('docs/procedures.md explains every word of the schema', () => {
  const explained = readFileSync('docs/procedures.md', 'utf8');
  const words = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const word of Object.keys(value as object)) words.add(word);
      walk(value);
    }
  };
  walk(z.toJSONSchema(procedureSchema, { io: 'input', unrepresentable: 'any' }));
  expect(words.size).toBeGreaterThan(40);
  expect([...words].filter((word) => !explained.includes(`\`${word}\``))).toEqual([]);
});
