import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Library } from '../../src/app/ports.ts';
import { FileFaults } from '../../src/procedures/dataFile.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';

const CAMDEN = readFileSync('procedures/camden-dissent.1.yaml', 'utf8');
const COMPLAINT = readFileSync('procedures/camden-complaint.1.yaml', 'utf8');
const day = (date: string) => Temporal.PlainDate.from(date);

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with the published calendars and these procedures. */
function folderWith(procedures: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'procedures-'));
  made.push(folder);
  cpSync('procedures/calendars', join(folder, 'calendars'), { recursive: true });
  for (const [name, text] of Object.entries(procedures)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The faults that a folder is refused with, without the folder's own name. */
function faultsIn(folder: string): string[] {
  try {
    loadLibrary(folder);
  } catch (fault) {
    if (!(fault instanceof FileFaults)) throw fault;
    for (const each of fault.faults) expect(fault.message).toContain(each);
    return fault.faults.map((each) => each.replaceAll(`${folder}/`, ''));
  }
  throw new Error('the library was accepted');
}

const changed = (from: string | RegExp, to: string, original = CAMDEN) => {
  const text = original.replace(from, to);
  if (text === original) throw new Error(`nothing to change: ${from}`);
  return text;
};

describe("the product's own procedures", () => {
  test('are sound, and each names a calendar that is there', () => {
    const library: Library = loadLibrary('procedures');
    expect(library.calendar(library.procedure('camden-dissent', 1).calendar).title).toBe('England and Wales');
  });
});

describe('X2: versions', () => {
  const versions = {
    'one.yaml': CAMDEN,
    'two.yaml': changed('version: 1', 'version: 2').replace('effective: 2025-01-01', 'effective: 2027-04-01'),
    'ten.yaml': changed('version: 1', 'version: 10').replace('effective: 2025-01-01', 'effective: 2028-01-01'),
  };

  test.each([
    ['2024-12-31', null],
    ['2025-01-01', 1],
    ['2027-03-31', 1],
    ['2027-04-01', 2],
    ['2028-01-01', 10],
  ])('on %s a new case opens under version %s', (date, version) => {
    expect(loadLibrary(folderWith(versions)).inForce('camden-dissent', day(date))?.version ?? null).toBe(version);
  });

  test('every version can be had, whichever is in force; one that is not there is a fault that names the rule', () => {
    const library = loadLibrary(folderWith(versions));
    expect(library.procedure('camden-dissent', 1).version).toBe(1);
    expect(() => library.procedure('camden-dissent', 3)).toThrow(/does not hold procedure "camden-dissent" version 3.*X2/);
    expect(() => library.calendar('wales')).toThrow(/does not hold a calendar "wales"/);
    expect(library.inForce('carm', day('2027-01-01'))).toBeNull();
  });
});

describe('a faulty library is refused, with every fault of every file by file and path', () => {
  test('faults in several files are listed together', () => {
    const folder = folderWith({
      'a.yaml': 'id: [a\nversion: 1\n',
      'b.yaml': changed('by: service-manager', 'by: servce-manager'),
      'c.yaml': changed('calendar: england-and-wales', 'calendar: england').replace('version: 1', 'version: 2'),
      'd.yaml': changed('calendar: england-and-wales', 'calendar: engshut').replace('version: 1', 'version: 2'),
    });
    writeFileSync(join(folder, 'calendars', 'engshut.yaml'), 'id: engshut\ntitle: Shut\nbase: englnd\n');
    expect(faultsIn(folder)).toEqual([
      'calendars/engshut.yaml: base: there is no calendar "englnd" that can be used; there are: england-and-wales, scotland',
      expect.stringMatching(/^a\.yaml: line 2: /),
      'b.yaml: stages.decide.by: there is no role "servce-manager"; did you mean "service-manager"? The roles are service-manager, head-of-service',
      'c.yaml: calendar: there is no calendar "england" that can be used; did you mean "england-and-wales"? There are: england-and-wales, scotland',
      'd.yaml: version: c.yaml is already version 2 of "camden-dissent"',
      'd.yaml: calendar: there is no calendar "engshut" that can be used; there are: england-and-wales, scotland',
    ]);
  });

  test.each([
    ['a setting left out', changed('effective: 2025-01-01\n', ''), 'effective: is missing'],
    [
      'a day that does not exist',
      changed('effective: 2025-01-01', 'effective: 2025-02-30'),
      'effective: should be a date such as 2027-01-31',
    ],
    [
      'a setting misspelt',
      changed('chosenBy: bot', 'choosenBy: bot'),
      'stages.reconvene: there is no such setting: choosenBy; did you mean "chosenBy"?',
    ],
    [
      'a word that is not one of those known',
      changed('chosenBy: bot', 'chosenBy: robot'),
      'stages.reconvene.chosenBy: should be bot or administrator',
    ],
    [
      'a kind of stage that is not known',
      changed('kind: record', 'kind: recording'),
      'stages.record.kind: should be record or submit or decide or choose or reconvene or conclude; did you mean "record"?',
    ],
    ['a number that is none', changed('minutes: 120', 'minutes: two hours'), 'stages.reconvene.minutes: should be a number'],
    ['a number that is too small', changed('minutes: 120', 'minutes: 5'), 'stages.reconvene.minutes: should be at least 15'],
    ['a number that is not whole', changed('version: 1', 'version: 1.5'), 'version: should be a whole number'],
    ['a text left empty', changed(/title: To tell and to file/, 'title: ""'), 'stages.conclude.title: should not be empty'],
    [
      'a stage that is not there',
      changed('next: review, source: C19', 'next: revew, source: C19'),
      'stages.decide.outcomes.upheld.next: there is no stage "revew"; did you mean "review"? The stages are record, decide, review, reconvene, conclude',
    ],
    [
      'a question under a name that forms have already',
      changed('      consensus:', '      agencies:'),
      'stages.record.asks.agencies: "agencies" cannot name what is asked here: use another name, of at most 40 letters, that is used once',
    ],
    [
      'a question under the name of a paper',
      changed('      consensus:', '      notes:'),
      'stages.record.asks.notes: "notes" cannot name what is asked here: use another name, of at most 40 letters, that is used once',
    ],
    ['hours that are no times of day', changed('to: "16:30"', 'to: "25:00"'), 'stages.reconvene.hours.to: use a time such as 09:30'],
    [
      'hours too short for the meeting',
      changed('to: "16:30"', 'to: "11:00"'),
      'stages.reconvene.hours: a meeting of 120 minutes does not fit between 09:30 and 11:00',
    ],
    [
      'a question to a dissenter where there is none',
      changed('ask: [chair]', 'ask: [dissenter, chair]', COMPLAINT),
      'stages.outcome.ask: "dissenter" cannot be asked where "raisedBy" is staff',
    ],
    [
      'a letter for a professional to write where none dissents',
      changed(
        'start: acknowledge\nstages:\n',
        'start: write\nstages:\n  write: { kind: submit, title: Write, letter: letter, next: acknowledge }\n',
        COMPLAINT,
      ),
      'stages.write.kind: nobody can write here: where "raisedBy" is staff, no professional dissents',
    ],
  ])('%s', (_, text, fault) => {
    expect(faultsIn(folderWith({ 'camden.yaml': text }))).toEqual([`camden.yaml: ${fault}`]);
  });

  test('an empty file, a list, two documents and an alias to nothing', () => {
    expect(
      faultsIn(folderWith({ 'a.yaml': '', 'b.yaml': '- one\n', 'c.yaml': 'id: c\n---\nid: d\n', 'd.yaml': 'id: *nothing\n' })),
    ).toEqual([
      'a.yaml: is empty: it should be a group of settings',
      'b.yaml: should be a group of settings',
      expect.stringMatching(/^c\.yaml: line 2: a line of three hyphens begins a second file/),
      expect.stringMatching(/^d\.yaml: line 1: a text cannot begin with a star/),
    ]);
  });

  test('a folder that is not there, and one that holds no procedure', () => {
    const empty = folderWith({});
    expect(faultsIn(empty)).toEqual([`${empty}: holds no procedure`]);
    mkdirSync(join(empty, 'inner'));
    expect(faultsIn(join(empty, 'inner'))).toEqual(['calendars: cannot be read: it is not there']);
    expect(faultsIn(join(empty, 'nowhere'))).toEqual([
      'calendars: cannot be read: it is not there',
      `${join(empty, 'nowhere')}: cannot be read: it is not there`,
    ]);
  });
});
