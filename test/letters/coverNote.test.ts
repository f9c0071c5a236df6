import { describe, expect, test } from '@jest/globals';
import { coverNote, type Reached } from '../../src/app/documents/coverNote.ts';
import { documentOf } from '../../src/app/documents/documentOf.ts';
import type { DocumentName, Recipient } from '../../src/domain/events/concludingEvents.ts';
import { byDeputies, categoryChanged, complaint, notUpheld, type Told } from './cases.ts';

/** The mail of a document to somebody, as if it were sent now. */
function mail(
  { seen, events }: Told,
  document: DocumentName,
  to: Recipient,
  reached: Reached,
  number = 99,
  wantedAt = seen.now.toString(),
) {
  const note = coverNote({ document, to, number, wantedAt }, reached, seen, documentOf(document, to, seen, events));
  return { ...note, text: note.lines.join('\n') };
}

describe('LE3: the mail that a letter goes with', () => {
  test('it says who sends it, what it is, that it is no private address, and how to reach the sender', () => {
    const { lines } = mail(byDeputies, 'letter:decide', 'agency:hospital', 'mailbox', 1);
    expect(lines[0]).toBe('Dear colleague,');
    expect(lines[1]).toBe(
      'Camden Safeguarding Children Partnership sends you the decision letter in case DIS-27-051. It is attached as a Word file.',
    );
    expect(lines[2]).toMatch(/^Your organisation is one of those .* this is the mailbox that it gave us/);
    expect(lines.at(-2)).toBe('Sent for the partnership by its Conference Dissent bot, from conferences@camden.example.');
    expect(lines.at(-1)).toMatch(/^Camden Safeguarding Children Partnership\n[\s\S]*Telephone 020 7946 0412, partnership@camden\.example$/);
    expect(lines.join()).not.toContain('for you alone');
  });

  test("it fits who gets it: an agency's lead, the partnership, whoever was there, and whoever asked for it", () => {
    expect(mail(byDeputies, 'letter:decide', 'agency:police', 'lead', 1).text).toContain('comes to you as its safeguarding lead');
    expect(mail(byDeputies, 'letter:decide', 'copy', 'copy', 1).text).toContain("the partnership's own copy");
    const asked = mail(notUpheld, 'case', 'person:service-manager', 'person').text;
    expect(asked).toContain('because you asked for it in Teams. It is for you alone.');
    const own = mail(categoryChanged, 'dissent-letter', 'person:scottish-head-of-service', 'person', 1, '2026-12-04T09:12:00Z').text;
    expect(own).toContain('because you decide this case');
    const { seen } = categoryChanged;
    const letters = { review: { at: '2026-12-17T10:00:00Z', by: 'x', wording: 'Why.', changes: null, sendings: [5, 6, 7] } };
    const going: Told = {
      ...categoryChanged,
      seen: { ...seen, current: { ...seen.current, conclusion: { ...seen.current.conclusion, letters } } },
    };
    const sendings = (['family-nurse', 'scottish-chair', 'lead-professional'] as const).map((person, index) => ({
      number: 5 + index,
      document: 'letter:review' as const,
      to: `person:${person}` as const,
      status: 'wanted' as const,
      cause: null,
      wantedAt: '2026-12-17T10:00:00Z',
      times: 1,
      at: '2026-12-17T10:00:00Z',
    }));
    going.seen.current.conclusion.sendings = sendings;
    const why = (to: Recipient, number: number) => mail(going, 'letter:review', to, 'person', number).text;
    expect(why('person:family-nurse', 5)).toContain('because you raised this case');
    expect(why('person:scottish-chair', 6)).toContain('because you chaired the meeting');
    expect(why('person:lead-professional', 7)).toContain('you are one of those who were at the meeting or were invited to it');
  });

  test('a letter that somebody else posts says what to put in first', () => {
    const note = mail(complaint, 'acknowledgement', 'person:administrator', 'person');
    expect(note.text).toContain('Put in the name and the address first');
    expect(note.subject).toBe('Acknowledgement CMP-27-011');
  });

  test('X6: its subject tells two letters of one case apart, by title and reference, and neither it nor the text holds more', () => {
    const of = (document: DocumentName) => mail(byDeputies, document, 'agency:police', 'lead');
    const mails = (['letter:decide', 'letter:review', 'entry', 'case'] as const).map(of);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Decision letter DIS-27-051',
      'Letter about the review DIS-27-051',
      'Dissent entry DIS-27-051',
      'The complete case DIS-27-051',
    ]);
    for (const { subject, text } of mails)
      expect(`${subject} ${text}`).not.toMatch(/CH-1|Thistlewood|Hawthorn|upheld|reconven|threshold|injur/i);
  });

  test('C24: word of an escalation has no letter, names nobody, and says that it is a message', () => {
    const note = mail(notUpheld, 'escalation', 'copy', 'copy');
    expect(note.subject).toBe('Message DIS-27-001');
    expect(note.text).toContain('A professional remains concerned after the outcome of case DIS-27-001');
  });
});
