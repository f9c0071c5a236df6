import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { caseView } from '../../src/cards/caseView.ts';
import type { TextBudget } from '../../src/cards/fit.ts';
import { TEXT_BUDGETS } from '../../src/cards/fit.ts';
import { caseList, diverted, neutral, notice, openingsList, welcome } from '../../src/cards/plainViews.ts';
import { representativeView } from '../../src/cards/present/escalation.ts';
import { raiseView } from '../../src/cards/raiseView.ts';
import { type Drawing, render } from '../../src/cards/template.ts';
import { complaining } from './complaining.ts';
import { openingFor, scottishOpening, seenBy } from './fixtures.ts';
import { golden } from './goldenCases.ts';
import { goldenConclusion } from './goldenConclusion.ts';
import { overseeing } from './overseeing.ts';
import { reminding } from './reminding.ts';
import { states } from './states.ts';
import { houseFaults, libraryFaults, schemaFaults, templateWarnings } from './wellFormed.ts';

/**
 * Every view in its cases, kept as files: `cards/<view>.<case>.data.json` is what fills the template, and serves as sample data
 * for it; `test/golden/<view>.<case>.json` is the card. `UPDATE_GOLDEN=1` writes both anew (format them afterwards): look at what changed before keeping it.
 */
const budget = TEXT_BUDGETS[0] as TextBudget;
const update = process.env.UPDATE_GOLDEN === '1';
const dataFile = (name: string) => new URL(`../../cards/${name}.data.json`, import.meta.url);
const cardFile = (name: string) => new URL(`../golden/${name}.json`, import.meta.url);

const draft = 'draft-6d0f6f0c-5a52-4f0e-9a53-6d0c6a7d1f11';
const wrong = {
  verb: 'raise:camden.camden-dissent',
  values: { children: 'Tom', reasons: '', grounds: 'threshold,needs' },
  errors: { children: "Use the child's reference, not the name.", reasons: 'Say why you dissent.' },
};
const managers = (names: string[]) => names.flatMap((name) => (states[name] ? [seenBy('sm', states[name].current, states[name].now)] : []));

const drawings: Record<string, Drawing> = {
  'welcome.first': welcome('Amara'),
  'welcome.unclear': welcome('Amara', null, true),
  'raise.blank': raiseView(openingFor('health-visitor'), draft, {}, budget.kept),
  'raise.faults': raiseView(openingFor('8d1f4c1e-5d47-4a90-9e6b-0c7d1a2f4b58', '2027-01-12', null), draft, { form: wrong }, budget.kept),
  'raise.cppm': raiseView(scottishOpening('cppm'), draft, {}, budget.kept),
  'raise.carm': raiseView(scottishOpening('carm'), draft, {}, budget.kept),
  'notice.openings': openingsList([openingFor('health-visitor')], draft),
  'notice.meetings': openingsList([scottishOpening('cppm'), scottishOpening('carm')], draft),
  'notice.diverted': diverted(
    { title: 'Escalation Policy', url: 'https://partnership.example/escalation' },
    openingFor('health-visitor').procedure.words,
  ),
  'notice.not-found': notice('No such case', 'There is no case DIS-27-999 that you can see. Check the reference, or type "my cases".'),
  'neutral.group': neutral('DIS-27-004', true),
  'neutral.stranger': neutral('DIS-27-004', false),
  'case-list.some': caseList(managers(['referred', 'overdue', 'booked', 'notUpheld'])),
  'case-list.none': caseList([]),
  ...overseeing,
  ...reminding,
  ...complaining,
  'escalation.representative': escalation(),
  ...Object.fromEntries(
    Object.entries({ ...golden, ...goldenConclusion }).map(([name, { state, viewer, key, showing }]) => {
      const { current, now } = states[state] ?? { current: null, now: '' };
      if (!current) throw new Error(`no state ${state}`);
      return [name, caseView(key, seenBy(viewer, current, now), showing ?? {}, budget)];
    }),
  ),
};

function escalation(): Drawing {
  const { current, now } = states.concerned ?? { current: null, now: '' };
  if (!current) throw new Error('no state');
  return representativeView(seenBy('health-representative', current, now));
}

describe('each view in each of its cases', () => {
  test.each(Object.keys(drawings))('%s shows what it showed before', (name) => {
    const drawing = drawings[name] as Drawing;
    expect(name.startsWith(`${drawing.view}.`)).toBe(true);
    if (update) {
      writeFileSync(dataFile(name), `${JSON.stringify(drawing.data, null, 2)}\n`);
      writeFileSync(cardFile(name), `${JSON.stringify(render(drawing), null, 2)}\n`);
    }
    expect(JSON.parse(JSON.stringify(drawing.data))).toEqual(JSON.parse(readFileSync(dataFile(name), 'utf8')));
    expect(render(drawing)).toEqual(JSON.parse(readFileSync(cardFile(name), 'utf8')));
  });

  test('a form that may be sent as it stands sends something: what brings nothing back would only open it again', () => {
    type Forms = { forms?: { title: string; fields: { isRequired: boolean; value: string }[] }[] };
    const forms = Object.values(drawings).flatMap(({ data }) => (data as Forms).forms ?? []);
    const empty = forms.filter(({ fields }) => !fields.some(({ isRequired, value }) => isRequired || value !== ''));
    expect(empty.map(({ title }) => title)).toEqual([]);
  });

  test('every sample data file fills its template without warnings, to a card without faults', () => {
    const files = readdirSync(new URL('../../cards/', import.meta.url)).filter((file) => file.endsWith('.data.json'));
    expect(files.map((file) => file.replace('.data.json', '')).toSorted()).toEqual(Object.keys(drawings).toSorted());
    for (const file of files) {
      const view = file.split('.')[0] as Drawing['view'];
      const data = JSON.parse(readFileSync(new URL(`../../cards/${file}`, import.meta.url), 'utf8')) as object;
      const card = render({ view, data });
      expect([file, templateWarnings({ view, data }), houseFaults(card), schemaFaults(card), libraryFaults(card)]).toEqual([
        file,
        [],
        [],
        [],
        [],
      ]);
    }
  });

  test('every view has a case, and no golden file is left over', () => {
    const views = readdirSync(new URL('../../cards/', import.meta.url)).filter(
      (file) => file.endsWith('.json') && !file.endsWith('.data.json'),
    );
    for (const file of views) expect(Object.keys(drawings).some((name) => name.startsWith(file.replace('json', '')))).toBe(true);
    for (const name of Object.keys(drawings)) expect(existsSync(cardFile(name))).toBe(true);
    const cards = new Set(Object.keys(drawings).map((name) => `${name}.json`));
    expect(readdirSync(new URL('../golden/', import.meta.url)).filter((file) => !cards.has(file))).toEqual([]);
  });

  test('what people typed is never read as a template or as Markdown', () => {
    const typed = `\${title} **bold** [link](https://evil.example) 'x' \${{}} {{DATE(2027-01-01T00:00:00Z)}}`;
    const { current, now } = states.referred ?? { current: null, now: '' };
    if (!current) throw new Error('no state');
    const drawing = caseView(
      'stage:decide',
      seenBy('sm', { ...current, dissent: { ...current.dissent, reasons: typed } }, now),
      {},
      budget,
    );
    const text = JSON.stringify(render(drawing));
    expect(templateWarnings(drawing)).toEqual([]);
    expect(text).toContain(JSON.stringify({ type: 'TextRun', text: typed }));
    expect(text.split('evil.example').length).toBe(2);
  });
});
