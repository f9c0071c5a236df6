import { describe, expect, test } from '@jest/globals';
import { chronology } from '../../src/app/documents/chronology.ts';
import { dissentEntry } from '../../src/app/documents/dissentEntry.ts';
import { dissentLetter } from '../../src/app/documents/dissentLetter.ts';
import { plainText } from '../../src/app/documents/document.ts';
import { documentOf } from '../../src/app/documents/documentOf.ts';
import { familyLetter, shareable } from '../../src/app/documents/familyLetter.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { byDeputies, carmByDeputy, complaint, notUpheld } from './cases.ts';
import { documents } from './documents.ts';

const words = (name: string) => plainText(documents[name]!);

describe("the professional's papers", () => {
  test('S12 S13 S5 Q17: the dissent letter is in their name, to the decider, with how late it is and why', () => {
    const letter = words('late dissent letter');
    expect(letter).toContain(
      "Shona Abercairney\nHead of Children's Health, Care and Justice Services\nStrathmallow Council\nCouncil Offices\n1 Mercat Wynd",
    );
    expect(letter).toContain('Dear Shona Abercairney');
    expect(letter).toContain('I cannot support category A.\n\nThe bruises point to category B.');
    expect(letter).toContain('The letter itself: https://files.example/letter/41');
    expect(letter).toContain('This letter is 1 working day late.\n\nI was at court for two days.');
    expect(letter).toContain("This decision could affect the child's safety or wellbeing, and I cannot support it professionally.");
    expect(letter).toMatch(/Yours sincerely\nCatriona Elmslie\nFamily nurse\nGlenaldie Health Board$/);
    expect(plainText(dissentLetter(carmByDeputy.seen)!)).not.toMatch(/late/);
    expect(dissentLetter(notUpheld.seen)).toBeNull();
  });

  test('C8 C5-C7 S9-S11: the entry for the notes holds who, for whom, why, what the chair recorded and when, and what came later as additions', () => {
    const entry = words('entry');
    for (const said of [
      'Name: Amara Larkspur, Health visitor, Hawthorn Vale Community Health',
      'Raised: Tue 12 Jan 2027, 15:10.',
      'Reasons for the dissent\nI saw three injuries in six weeks.',
      'Recorded: Tue 12 Jan 2027, 16:30, by Yasmin Copperfold. Locked since then.',
      'Consensus attempted: Yes',
      "The chair's decision\nNo plan is needed.",
      'What it rests on\nWhat was shared at the conference.',
      'Addition of Thu 14 Jan 2027, 10:00\nThe hospital wrote to me <today> & called.',
    ])
      expect(entry).toContain(said);
    expect(words('Scottish entry')).toContain('Affirmed: This decision could affect');
    expect(words('Scottish entry')).toContain('Nothing has been added.');
    expect(dissentEntry({ ...notUpheld.seen, current: { ...notUpheld.seen.current, record: null } })).toBeNull();
  });
});

test("CD2 LE2: the professional's own letter is on their own paper, with no marking of the partnership's, and says nothing of what stands", () => {
  expect(words('late dissent letter')).toMatch(
    /^Catriona Elmslie\nFamily nurse\nGlenaldie Health Board\nGlenaldie House\n20 Loch Street\nGlenaldie ZZ2 4GH\nTelephone 01632 960 733\n\n4 December 2026\n/,
  );
  expect(words('late dissent letter')).not.toMatch(/stands|OFFICIAL|committee@/);
});

describe('a complaint', () => {
  test('P1-P5: its entry says who complains and about what, in its own words, and nobody dissents', () => {
    const entry = words('entry of a complaint');
    expect(documents['entry of a complaint']?.title).toBe('Complaint entry CMP-27-011');
    expect(entry).toContain('Who complains: A child');
    expect(entry).toContain('About: The category of primary concern when the plan began; the process of the conference');
    expect(entry).toContain('Confirm with the partnership.');
    expect(entry).toContain('Logged by: Mei Pennywort, Conference administrator');
    expect(`${entry}${words('whole complaint')}`).not.toMatch(/dissent(?!-)/i);
  });

  test('Q26 X9: a case does not name the one that it shares its meeting with', () => {
    const { seen, events } = byDeputies;
    const shared: CaseForViewer = { ...seen, current: { ...seen.current, sharing: { with: 'CMP-27-011', state: 'shared' } } };
    const last = events.at(-1)!;
    const later = [
      { type: 'MeetingCancelled', booking: 1, reason: 'One meeting serves this case and CMP-27-011.' } as const,
      { type: 'MeetingShared', with: 'CMP-27-011' } as const,
    ].map((event, index) => ({ ...event, revision: last.revision + index + 1, at: last.at, actor: last.actor }));
    const whole = plainText(chronology(shared, [...events, ...later]));
    expect(whole).toContain('One meeting serves this case and [another case].');
    expect(whole).not.toContain('CMP-27-011');
  });
});

describe('what a family may get', () => {
  test('LE4 Part E C22: a letter to a family names the agency, each outcome and its date; nobody, no reasons and no child', () => {
    const letter = words('family letter');
    expect(letter).toContain('One agency did not agree with the decision of the conference: Hawthorn Vale Community Health.');
    expect(letter).toContain('Service Manager, 21 December 2027: Upheld');
    const { people } = byDeputies.seen.directory;
    const kept = [...people.flatMap(({ name }) => [name, ...name.split(' ')]), 'aediatrician', 'Paragraph', 'hospital', 'CH-1'];
    expect(kept.filter((each) => letter.includes(each))).toEqual([]);
  });

  test('Part E: before anything is decided it says so', () => {
    const { seen } = notUpheld;
    const letter = familyLetter(shareable({ ...seen, current: { ...seen.current, decisions: {} } }), '2028-01-12');
    expect(plainText(letter)).toContain('Nothing has been decided yet about the initial child protection conference');
  });

  test('LE4 P6 P7 P12: the acknowledgement of a complaint names the day on which it was made, says that it cannot change the decision, which stands, and knows of no dissent', () => {
    const letter = words('complaint acknowledged');
    expect(letter).toContain(
      'We have your complaint about the initial child protection conference of 11 October 2027, which you made on 12 October 2027.',
    );
    expect(letter).toContain('There is no fixed time for this. You can ask us at any time how far it is.');
    expect(letter).toContain('A complaint cannot change the decision of the conference.');
    expect(letter).toContain('The decision of the conference stands.');
    expect(letter).toContain('Thresholds and eligibility: https://camden.example/thresholds');
    expect(letter).not.toMatch(/dissent|agency|Hawthorn|DIS-|CH-1/i);
  });

  test('LE4: one logged before the day was asked for names the day of its logging, as that', () => {
    const { seen, events } = complaint;
    const { madeOn: _, ...dissent } = seen.current.dissent;
    const old = documentOf('acknowledgement', 'person:administrator', { ...seen, current: { ...seen.current, dissent } }, events);
    expect(plainText(old!)).toContain('which we logged on 14 October 2027.');
  });
});
