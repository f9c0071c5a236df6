import { describe, expect, test } from '@jest/globals';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { dissentEntry } from '../../src/app/documents/dissentEntry.ts';
import { fileNameOf, plainText } from '../../src/app/documents/document.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { byDeputies, categoryChanged, notUpheld } from './cases.ts';
import { documents } from './documents.ts';

const words = (name: string) => plainText(documents[name]!);

describe('every document', () => {
  test.each(Object.entries(documents))(
    'X6 C12 P13 LE1: %s: a neutral name, that the decision stands, and whose paper it is',
    (_name, document) => {
      expect(document.title).toMatch(/^[A-Z][A-Za-z' ]+ (DIS|DIS-S|CMP)-\d\d-\d{3}$/);
      expect(fileNameOf(document)).toBe(`${document.title}.docx`);
      if (/^Dissent letter/.test(document.title)) return;
      expect(plainText(document)).toMatch(
        /The decision of the (conference|meeting) stands\.|What it decided then now holds\.|The category of concern is the new one\./,
      );
      expect(document.letterhead[0]).toMatch(/^(Camden Safeguarding Children Partnership|Strathmallow Council)$/);
      expect(document.letterhead.at(-1)).toMatch(/^Telephone 0[\d ]+, [a-z]+@(camden|strathmallow)\.example$/);
      expect(document.marking).toBe(document.letterhead[0]?.startsWith('Camden') ? 'OFFICIAL-SENSITIVE' : null);
    },
  );

  test.each(Object.entries(documents))('%s: it is written in words of English, and none of the program', (_name, document) => {
    expect(plainText(document).match(/\b[a-zA-Z]?[a-z]+[A-Z][a-z]+\w*/g) ?? []).toEqual([]);
  });

  test('P13: a partnership without a letterhead of its own is named all the same', () => {
    const partnership = { ...notUpheld.seen.partnership, letterhead: [] };
    expect(dissentEntry({ ...notUpheld.seen, partnership })?.letterhead[0]).toEqual(partnership.name);
  });
});

describe('the letter of a decision', () => {
  test('LE1 C17 C18 C22 Part E: it is a letter: from and to whom, the decision first, why, what follows, how to go on, and who signs', () => {
    expect(words('decided by the holder')).toBe(
      [
        'OFFICIAL-SENSITIVE',
        'Camden Safeguarding Children Partnership\nChild Protection and Quality Assurance\nLantern House, 12 Example Street, London NW0 0AA\nTelephone 020 7946 0412, partnership@camden.example',
        '21 January 2027\nOur reference: DIS-27-001',
        'Hawthorn Vale Community Health\nThe Old Mill\n3 Hawthorn Row\nLondon NW0 1AB',
        'Dear colleague',
        'Decision letter: initial child protection conference of 12 January 2027\nMy decision on the dissent of Hawthorn Vale Community Health is: not upheld. The decision of the conference stands.',
        'The dissent is about this decision of the conference: not to make a child protection plan. The grounds are: whether the threshold for significant harm is met and the information shared at the conference. Yasmin Copperfold was the chair. The child is CH-1041. I decided on 21 January 2027.',
        'Reasons\nThe injuries were looked into and explained.',
        'What I read before I decided\nThe notes of the conference; the reasons for the dissent, given on 12 January 2027; what was added to the dissent on 14 January 2027; what the chair recorded on 12 January 2027; an answer from the person who dissents, given on 15 January 2027; advice from the Head of Service, given on 18 January 2027. I asked the chair for information on 13 January 2027, and had none when I decided.',
        'What happens next\nNo further decision follows: the review of the dissent has ended. A named person tells the parents. Please leave it to them.',
        "If you remain concerned\nSpeak to your own agency's nominated representative at the partnership. See also:",
        'Escalation Policy: https://camden.example/escalation-policy',
        "If a child may be in danger now, do not wait. Call the police on 999, or children's social care.",
        'Yours sincerely\nFarida Oakenshaw\nService Manager for Child Protection',
        'This letter goes to: Hawthorn Vale Community Health; Police Public Protection Unit; Larkrise Primary School; Camden Safeguarding Children Partnership (invented people).',
      ].join('\n\n'),
    );
  });

  test('LE1: its day is the day on which it was approved, and until then today', () => {
    const { seen } = byDeputies;
    expect(decisionLetter(seen, 'decide', 'Why.', 'copy').letter?.date).toBe('22 December 2027');
    const now = Temporal.Instant.from('2028-01-03T10:00:00Z');
    expect(decisionLetter({ ...seen, now }, 'review', 'Why.', 'copy').letter?.date).toBe('3 January 2028');
  });

  test('LE1: a post has its own full title where the directory gives it one', () => {
    const { seen } = notUpheld;
    const post = { ...seen.partnership.roles['service-manager']!, title: 'Group Manager, Safeguarding' };
    const partnership = { ...seen.partnership, roles: { ...seen.partnership.roles, 'service-manager': post } };
    const directory = { ...seen.directory, partnerships: { ...seen.directory.partnerships, camden: partnership } };
    expect(decisionLetter({ ...seen, partnership, directory }, 'decide', 'Why.', null).letter?.signed).toEqual([
      'Farida Oakenshaw',
      'Group Manager, Safeguarding',
    ]);
  });

  test('CD4: what was not there is not among what was read', () => {
    expect(words('reconvened and booked')).not.toMatch(/otes of the conference|not attached/);
    expect(words('Scottish note')).not.toContain('the protection plan');
  });

  test("C17: its reasons are in the wording approved for it, and the dissent is the agency's: who dissents and why is not in it", () => {
    const letter = plainText(decisionLetter(notUpheld.seen, 'decide', 'As approved.', 'agency:police'));
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
    expect(letter).toContain('is, for CH-1041 and CH-1042: upheld; and for CH-104: not upheld.');
    expect(letter).toContain('The Head of Service now looks at the case and decides by 30 December 2027.');
  });

  test('C20 C21: a meeting to come is told with the days it has to meet, and its booked time; a child already decided is no part of it', () => {
    const letter = words('reconvened and booked');
    expect(letter).toContain('The conference is to meet again by 18 January 2028 at the latest, and if possible by 14 January 2028.');
    expect(letter).toContain('It is booked for Tuesday 11 January 2028, 10:00 to 12:00.');
    expect(letter).toContain('is, for CH-1041 and CH-1042: request reconvening.');
    expect(letter).toContain('New information\nA letter from the hospital');
    expect(letter).toContain('; the decision of the Service Manager, made on 21 December 2027.');
  });

  test('Q27: a deputy signs with both names', () => {
    expect(words('decided by a deputy, by child')).toContain(
      'Piotr Linnetwood\nDeputy Service Manager for Child Protection\nfor Farida Oakenshaw, Service Manager for Child Protection',
    );
    expect(words('Scottish note by a deputy')).toContain("for Shona Abercairney, Head of Children's Health, Care and Justice Services");
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
    expect(plainText(decisionLetter(aside, 'decide', 'Why.', 'agency:police'))).toContain(
      'Beatriz Hollowell\nService Manager for Children in Care\nfor Farida Oakenshaw, Service Manager for Child Protection',
    );
  });

  test('C17 Q7: it names those whom the decider approved, not those proposed', () => {
    expect(words('decided by a deputy, by child')).toMatch(
      /This letter goes to: Hawthorn Vale Community Health; Police[^;]*; Camden[^;]*$/,
    );
  });

  test('S14-S23 Part E: the Scottish note is the same letter with what its procedure asks', () => {
    const note = words('Scottish note');
    expect(documents['Scottish note']?.title).toBe('Written note DIS-S-26-041');
    expect(note).toContain('; the dissent letter, sent on 4 December 2026, 1 working day late and accepted');
    expect(note).toContain('is: change the category. From 16 December 2026 on: The category of concern is the new one.');
    for (const answer of ['A: physical', 'B: neglect', '2021, updated 2023', 'Share reports two days before.'])
      expect(note).toContain(answer);
    expect(note).toContain('Change the category on the Child Protection Register: the Keeper of the Child Protection Register does this.');
    expect(note).toContain('Morag Pitcairnie, Lead professional, tells the parents. Please leave it to them.');
    expect(note).toContain(
      'goes to: Morag Pitcairnie, Lead professional; Ruaridh Kintessan, Meeting chair; Catriona Elmslie, Family nurse.',
    );
  });

  test('there is none before the decision is made', () => {
    expect(() => decisionLetter(notUpheld.seen, 'review', 'Why.', 'agency:police')).toThrow(
      'DIS-27-001 has no decision at its stage "review"',
    );
  });
});

describe("what goes on a child's file", () => {
  test("C23 S23 X11: the child's own outcome at each decision on it, with reasons, date and decider", () => {
    const reasons = words("one child's reasons");
    expect(reasons).toContain(
      'Outcome: Upheld\nDecided: Tue 21 Dec 2027\nDecided by: Piotr Linnetwood, Deputy Service Manager for Child Protection, for Farida Oakenshaw, Service Manager for Child Protection',
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
    expect(whole).toContain('Procedure: Dissent from a child protection conference decision. camden-dissent, version 2');
  });

  test('Q17 S13: so are a late letter and what was said of it', () => {
    const whole = words('whole Scottish case');
    expect(whole).toContain('The dissent letter was sent, 1 working day late.');
    expect(whole).toContain('Two days at court are a good reason.');
  });
});
