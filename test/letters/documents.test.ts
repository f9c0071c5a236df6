import { describe, expect, test } from '@jest/globals';
import { chronology } from '../../src/app/documents/chronology.ts';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { dissentEntry } from '../../src/app/documents/dissentEntry.ts';
import { dissentLetter } from '../../src/app/documents/dissentLetter.ts';
import { plainText } from '../../src/app/documents/document.ts';
import { familyLetter, shareable } from '../../src/app/documents/familyLetter.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { byDeputies, carmByDeputy, categoryChanged, notUpheld } from './cases.ts';
import { documents } from './documents.ts';

const words = (name: string) => plainText(documents[name]!);

describe('every document', () => {
  test.each(Object.entries(documents))(
    'X6 C12 P13: %s: a neutral name, that the decision stands, and whose paper it is',
    (_name, document) => {
      expect(document.title).toMatch(/^[A-Z][A-Za-z' ]+ (DIS|DIS-S|CMP)-\d\d-\d{3}$/);
      expect(document.fileName).toMatch(/^(DIS|DIS-S|CMP)-\d\d-\d{3}-[a-z-]+\.docx$/);
      if (!/^Dissent letter/.test(document.title))
        expect(plainText(document)).toMatch(/The decision of the (conference|meeting) stands\.|What it decided then now holds\./);
      expect(document.letterhead[0]).toMatch(/^(Camden Safeguarding Children Partnership|Strathmallow Council)$/);
      expect(document.contact.join()).toMatch(/@(camden|strathmallow)\.example$/);
    },
  );

  test.each(Object.entries(documents))('%s: it is written in words of English, and none of the program', (_name, document) => {
    expect(plainText(document).match(/\b[a-zA-Z]?[a-z]+[A-Z][a-z]+\w*/g) ?? []).toEqual([]);
  });

  test('P13: a partnership without a letterhead of its own is named all the same', () => {
    const partnership = { ...notUpheld.seen.partnership, letterhead: [] };
    expect(dissentEntry({ ...notUpheld.seen, partnership })?.letterhead).toEqual([partnership.name]);
  });
});

describe('the letter of a decision', () => {
  test('C17 C18 C22 Part E: it says to whom, about what, what was read, the outcome, why, what follows, and who gets it', () => {
    const letter = words('decided by the holder');
    expect(letter).toContain('To: Hawthorn Vale Community Health\nReference: DIS-27-001\nDate of the decision: Thu 21 Jan 2027');
    expect(letter).toContain('Dissents from: Not to make a child protection plan');
    expect(letter).toContain('Agency: Hawthorn Vale Community Health');
    expect(letter).toContain(
      [
        '- Notes of the conference: attached',
        '- The reasons for the dissent, given on Tue 12 Jan 2027',
        '- What was added to the dissent on Thu 14 Jan 2027',
        '- What the chair recorded on Tue 12 Jan 2027',
        '- An answer from the person who dissents, given on Fri 15 Jan 2027',
        '- An answer from the chair, asked for on Wed 13 Jan 2027: none had come',
        '- Advice from the Head of Service, given on Mon 18 Jan 2027',
      ].join('\n'),
    );
    expect(letter).toContain('Decision of the Service Manager\nNot upheld\n\nReasons\nThe injuries were looked into and explained.');
    expect(letter).toContain('A named person will tell the parents.');
    expect(letter).toContain('Signed\nFarida Oakenshaw, Service Manager');
    expect(letter).toMatch(/- Police Public Protection Unit\n- Larkrise Primary School\n- Copy: Camden Safeguarding Children Partnership/);
  });

  test("C17: its reasons are in the wording approved for it, and the dissent is the agency's: who dissents and why is not in it", () => {
    const letter = plainText(decisionLetter(notUpheld.seen, 'decide', 'As approved.', 'Police'));
    expect(letter).toContain('Reasons\nAs approved.');
    expect(letter).not.toMatch(/looked into|Amara|Larkspur|[Hh]ealth visitor|injuries/);
  });

  test('C25 C24 Q11: the way on is offered after the outcomes that the procedure names, with its policy and what to do in danger', () => {
    expect(words('decided by the holder')).toContain('Escalation Policy: https://camden.example/escalation-policy');
    expect(words('decided by the holder')).toContain('Call the police on 999');
    expect(words('reconvened and booked')).toContain('If you remain concerned');
  });

  test('S24: and nothing is offered where the procedure has no way on', () => {
    expect(words('Scottish note')).not.toContain('If you remain concerned');
  });

  test('X11 Q16 C19: with different outcomes each child has its own, and the case goes on to the next with its date', () => {
    const letter = words('decided by a deputy, by child');
    expect(letter).toContain('CH-1041; Upheld\nCH-1042; Upheld\nCH-104; Not upheld');
    expect(letter).toContain('The Head of Service now looks at the case and decides, by Thu 30 Dec 2027 (a local target).');
  });

  test('C20 C21: a meeting to come is told with the days it has to meet, and its booked time; a child already decided is no part of it', () => {
    const letter = words('reconvened and booked');
    expect(letter).toContain(
      "Conference to be reconvened, by Tue 18 Jan 2028 (the procedure's time limit) and by Fri 14 Jan 2028 (a local target).",
    );
    expect(letter).toContain('It is booked for Tue 11 Jan 2028, 10:00 to 12:00.');
    expect(letter).toContain('Child, by reference; Outcome\nCH-1041; Request reconvening\nCH-1042; Request reconvening\n\nNew information');
    expect(letter).toContain('- The decision of the Service Manager, made on Tue 21 Dec 2027');
  });

  test('Q27: a deputy signs with both names', () => {
    expect(words('decided by a deputy, by child')).toContain('Piotr Linnetwood, deputy, for Farida Oakenshaw, Service Manager');
    expect(words('Scottish note by a deputy')).toContain('Callum Strathord, deputy, for Shona Abercairney, Head of Service');
  });

  test('C26: so does the alternate, where the holder stands aside', () => {
    const { current, roster } = notUpheld.seen;
    const conference = { ...current.dissent.conference, chair: 'service-manager' };
    const decision = { ...current.decisions.decide!, by: 'service-manager-alternate' };
    const aside: CaseForViewer = {
      ...notUpheld.seen,
      roster,
      current: { ...current, dissent: { ...current.dissent, conference }, decisions: { decide: decision } },
    };
    expect(plainText(decisionLetter(aside, 'decide', 'Why.', 'Police'))).toContain(
      'Beatriz Hollowell, alternate, for Farida Oakenshaw, Service Manager',
    );
  });

  test('C17 Q7: it names those whom the decider approved, not those proposed', () => {
    expect(words('decided by a deputy, by child')).toMatch(
      /Who gets this\n- Hawthorn Vale Community Health\n- Police[^\n]*\n- Copy: Camden/,
    );
  });

  test('S14-S23 Part E: the Scottish note is the same letter with what its procedure asks', () => {
    const note = words('Scottish note');
    expect(documents['Scottish note']?.title).toBe('Written note DIS-S-26-041');
    expect(note).toContain('- The protection plan: not attached');
    expect(note).toContain('- The dissent letter, sent on Fri 4 Dec 2026, 1 working day late and accepted');
    expect(note).toContain('Change the category');
    for (const answer of ['A: physical', 'B: neglect', '2021, updated 2023', 'Share reports two days before.'])
      expect(note).toContain(answer);
    expect(note).toContain('Change the category on the Child Protection Register. Who does it: Keeper of the Child Protection Register.');
    expect(note).toContain('Morag Pitcairnie, Lead professional will tell the parents.');
    expect(note).toContain('- Morag Pitcairnie, Lead professional\n- Ruaridh Kintessan, Meeting chair\n- Catriona Elmslie, Family nurse');
  });

  test('there is none before the decision is made', () => {
    expect(() => decisionLetter(notUpheld.seen, 'review', 'Why.', 'Police')).toThrow('DIS-27-001 has no decision at its stage "review"');
  });
});

describe("the professional's papers", () => {
  test('S12 S13 S5 Q17: the dissent letter is in their name, to the decider, with how late it is and why', () => {
    const letter = words('late dissent letter');
    expect(letter).toContain("To: Shona Abercairney, Head of Children's Health, Care and Justice Services");
    expect(letter).toContain('Sent: Fri 4 Dec 2026');
    expect(letter).toContain('I cannot support category A.\n\nThe bruises point to category B.');
    expect(letter).toContain('The letter itself: https://files.example/letter/41');
    expect(letter).toContain('This letter is 1 working day late.\n\nI was at court for two days.');
    expect(letter).toContain("This decision could affect the child's safety or wellbeing, and I cannot support it professionally.");
    expect(letter).toMatch(/From\nCatriona Elmslie, Family nurse, Glenaldie Health Board$/);
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

test("CD2 LE2: the professional's own letter does not say that the decision stands", () => {
  expect(words('late dissent letter')).not.toContain('stands');
});

describe("what goes on a child's file", () => {
  test("C23 S23 X11: the child's own outcome at each decision on it, with reasons, date and decider", () => {
    const reasons = words("one child's reasons");
    expect(reasons).toContain(
      'Outcome: Upheld\nDecided: Tue 21 Dec 2027\nDecided by: Piotr Linnetwood, deputy, for Farida Oakenshaw, Service Manager',
    );
    expect(reasons).toContain('Outcome: Request reconvening');
    expect(reasons).toContain('Reasons\nThe letter is new.');
    const other = words("another child's reasons");
    expect(other).toContain('Outcome: Not upheld');
    expect(other).not.toContain('Request reconvening');
    expect(words('Scottish reasons')).toContain('Outcome: Change the category');
  });

  test("C23 X11: whatever anybody wrote, no other child's reference is in it", () => {
    expect(words("one child's reasons")).toContain('About CH-1041 and [another child], and less about [another child].');
    expect(words("another child's reasons")).toContain('About [another child] and [another child], and less about CH-104.');
    expect(() => reasonsForFile(byDeputies.seen, 'CH-9')).toThrow('does not concern the child');
  });
});

describe('corner 6: one reference that begins another', () => {
  test("X11: in each child's own file its reference stands whole, and the others' are hidden, in the reasons too", () => {
    const { seen } = byDeputies;
    const reasons = 'CH-10 was seen with CH-10-B, and ch-10-b again, not CH-101.';
    const dissent = { ...seen.current.dissent, children: ['CH-10', 'CH-10-B'], reasons };
    const about = (child: string) => plainText(reasonsForFile({ ...seen, current: { ...seen.current, dissent, decisions: {} } }, child));
    expect(about('CH-10-B')).toContain('Child, by reference: CH-10-B');
    expect(about('CH-10-B')).toContain('[another child] was seen with CH-10-B, and ch-10-b again, not CH-101.');
    expect(about('CH-10')).toContain('CH-10 was seen with [another child], and [another child] again, not CH-101.');
  });
});

describe("corner 5: the professional's letter is on the child's file", () => {
  test('S23 C23: as it was written, with why it was late and why it was accepted', () => {
    const reasons = words('Scottish reasons');
    for (const said of ['The dissent letter\n', '1 working day late', 'Why it was late\n', 'Reasons why it was accepted\n'])
      expect(reasons).toContain(said);
    expect(reasons).toContain(categoryChanged.seen.current.letter?.text);
  });

  test('S23 Q17: one that was refused too, with the reasons for that', () => {
    const { seen } = categoryChanged;
    const lateness = { accepted: false, reasons: 'It came after the plan had begun.', at: '2026-12-07T10:00:00Z', by: 'head' };
    const refused = plainText(reasonsForFile({ ...seen, current: { ...seen.current, lateness, decisions: {} } }, 'SC-2002'));
    expect(refused).toContain('Though late: Not accepted on Mon 7 Dec 2026');
    expect(refused).toContain('Reasons why it was not accepted\nIt came after the plan had begun.');
  });
});

describe('the complete case', () => {
  test('X1: every event of the trail is in its table, with when, who and as what, and every text in full', () => {
    const { events } = byDeputies;
    const table = documents['whole case']!.blocks.find((block) => block.kind === 'table');
    expect(table?.kind === 'table' && table.rows.map(([number]) => number)).toEqual(events.map((_, index) => `${index + 1}`));
    const whole = words('whole case');
    expect(whole).toContain(
      '; Tue 21 Dec 2027, 10:00; Piotr Linnetwood, Deputy Service Manager for Child Protection; Service Manager; The Service Manager decided. CH-1041: Upheld; CH-1042: Upheld; CH-104: Not upheld.',
    );
    expect(whole).toContain('; The bot; The program itself; Booking 1: the invitations went out');
    for (const text of ['The school was not there.', 'The reasons as they are put in the letter.', 'Paragraph 60.'])
      expect(whole).toContain(text);
    expect(whole).toContain('Procedure: Dissent from a child protection conference decision. camden-dissent, version 1');
  });

  test('Q17 S13: so are a late letter and what was said of it', () => {
    const whole = words('whole Scottish case');
    expect(whole).toContain('The dissent letter was sent, 1 working day late.');
    expect(whole).toContain('Two days at court are a good reason.');
  });
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
  test('Part E C22: a letter to a family names the agency, each outcome and its date; nobody, no reasons and no child', () => {
    const letter = words('family letter');
    expect(letter).toContain('One agency did not agree with its decision: Hawthorn Vale Community Health.');
    expect(letter).toContain('Service Manager, Tue 21 Dec 2027: Upheld');
    const { people } = byDeputies.seen.directory;
    const kept = [...people.flatMap(({ name }) => [name, ...name.split(' ')]), 'aediatrician', 'Paragraph', 'hospital', 'CH-1'];
    expect(kept.filter((each) => letter.includes(each))).toEqual([]);
  });

  test('Part E: before anything is decided it says so', () => {
    const { seen } = notUpheld;
    const letter = familyLetter(shareable({ ...seen, current: { ...seen.current, decisions: {} } }), 'The parents');
    expect(plainText(letter)).toContain('Nothing has been decided yet.');
  });

  test('P6 P7 P12: the acknowledgement of a complaint says that it cannot change the decision, which stands, and knows of no dissent', () => {
    const letter = words('complaint acknowledged');
    expect(letter).toContain('You made your complaint on Thu 14 Oct 2027.');
    expect(letter).toContain('A complaint cannot change the decision of the conference.');
    expect(letter).toContain('The decision of the conference stands.');
    expect(letter).toContain('Thresholds and eligibility: https://camden.example/thresholds');
    expect(letter).not.toMatch(/dissent|agency|Hawthorn|DIS-/i);
  });
});
