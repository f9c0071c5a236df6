import { describe, expect, test } from '@jest/globals';
import { readCalendars } from '../../src/procedures/calendars.ts';

const NATION = `
id: nation
title: A nation
coveredUntil: 2027-12-31
add:
  2027-01-01: New Year's Day
  2027-08-02: Summer bank holiday
`;

function read(files: Record<string, string>) {
  const faults: string[] = [];
  const calendars = readCalendars(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    faults,
  );
  return { calendars, faults };
}

describe("Q25: a council's calendar is base + add + remove", () => {
  test('its days are the base with some added and some removed, known for as long as the base is', () => {
    const council = 'id: council\ntitle: A council\nbase: nation\nadd: { 2027-09-20: September holiday }\nremove: [2027-08-02]\n';
    const { calendars, faults } = read({ 'council.yaml': council, 'nation.yaml': NATION });
    expect(faults).toEqual([]);
    expect([...(calendars.get('council')?.holidays ?? [])]).toEqual([
      ['2027-01-01', "New Year's Day"],
      ['2027-09-20', 'September holiday'],
    ]);
    expect(calendars.get('council')?.coveredUntil).toBe('2027-12-31');
  });

  test('a base may have a base of its own, in whatever order the files are read', () => {
    const ward = 'id: ward\ntitle: A ward\nbase: council\nadd: { 2027-06-01: Ward day }\n';
    const council = 'id: council\ntitle: A council\nbase: nation\nremove: [2027-08-02]\ncoveredUntil: 2027-06-30\n';
    const { calendars, faults } = read({ 'ward.yaml': ward, 'council.yaml': council, 'nation.yaml': NATION });
    expect(faults).toEqual([]);
    expect([...(calendars.get('ward')?.holidays.keys() ?? [])]).toEqual(['2027-01-01', '2027-06-01']);
    expect(calendars.get('ward')?.coveredUntil).toBe('2027-06-30');
  });
});

describe('a faulty calendar is refused with every fault named', () => {
  const faultsOf = (calendar: string) => read({ 'x.yaml': calendar, 'nation.yaml': NATION }).faults;

  test('an unknown base', () => {
    expect(faultsOf('id: x\ntitle: X\nbase: scotlnd\n')).toEqual([
      'x.yaml: base: there is no calendar "scotlnd" that can be used; there are: nation',
    ]);
  });

  test('bases that go round in a circle, and a calendar that stands on them', () => {
    const { faults } = read({
      'a.yaml': 'id: a\ntitle: A\nbase: b\n',
      'b.yaml': 'id: b\ntitle: B\nbase: a\n',
      'itself.yaml': 'id: itself\ntitle: Itself\nbase: itself\n',
      'on-circle.yaml': 'id: on-circle\ntitle: On a circle\nbase: a\n',
      'on-unknown.yaml': 'id: on-unknown\ntitle: On an unknown base\nbase: unknown\n',
      'above.yaml': 'id: above\ntitle: Above that\nbase: on-unknown\n',
    });
    expect(faults).toEqual([
      'a.yaml: base: the bases go round in a circle: a -> b -> a',
      'b.yaml: base: the bases go round in a circle: b -> a -> b',
      'itself.yaml: base: the bases go round in a circle: itself -> itself',
      'on-circle.yaml: base: the bases go round in a circle: on-circle -> a -> b -> a',
      'on-unknown.yaml: base: there is no calendar "unknown" that can be used; there are: a, b, itself, on-circle, above',
      'above.yaml: base: the calendar "on-unknown" cannot be used either',
    ]);
  });

  test('a removal of a day that the base does not have, or that is added as well', () => {
    expect(faultsOf('id: x\ntitle: X\nbase: nation\nadd: { 2027-01-01: Ours }\nremove: [2027-08-09, 2027-01-01]\n')).toEqual([
      'x.yaml: remove[0]: 2027-08-09 is not among the days of "nation", so it cannot be removed',
      'x.yaml: remove[1]: 2027-01-01 is both added and removed',
    ]);
  });

  test('a removal with no base to remove from', () => {
    expect(faultsOf('id: x\ntitle: X\ncoveredUntil: 2027-12-31\nremove: [2027-08-02]\n')).toEqual([
      'x.yaml: remove[0]: 2027-08-02 is not among the days of "weekends", so it cannot be removed',
    ]);
  });

  test('days that do not exist, a name left out and a setting misspelt, all at once', () => {
    expect(faultsOf('id: x\ntitle: X\nbase: nation\nadd:\n  2027-02-30: No such day\n  2027-03-01: ""\nremove: [1 May]\nad: {}\n')).toEqual(
      [
        'x.yaml: add.2027-02-30: the name itself: should be a date such as 2027-01-31',
        'x.yaml: add.2027-03-01: should not be empty',
        'x.yaml: remove[0]: should be a date such as 2027-01-31',
        'x.yaml: there is no such setting: ad; did you mean "add"?',
      ],
    );
  });

  test('holidays known for longer than those of the base, or for nobody knows how long', () => {
    expect(faultsOf('id: x\ntitle: X\nbase: nation\ncoveredUntil: 2028-12-31\n')).toEqual([
      'x.yaml: coveredUntil: is later than that of its base "nation", 2027-12-31',
    ]);
    expect(faultsOf('id: x\ntitle: X\n')).toEqual(['x.yaml: coveredUntil: is missing, and there is no base to take it from']);
  });

  test('the same id twice, and the same day twice', () => {
    expect(faultsOf(NATION)).toEqual(['nation.yaml: id: "nation" is already the calendar in x.yaml']);
    expect(faultsOf('id: x\ntitle: X\nbase: nation\nadd:\n  2027-05-01: One\n  2027-05-01: Two\n')).toEqual([
      'x.yaml: line 6: this name stands here already: take one of the two out, or give it another name',
    ]);
  });
});
