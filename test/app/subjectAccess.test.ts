import { describe, expect, test } from '@jest/globals';
import { dataSubject, heldAbout, markedNames } from '../../src/app/subjectAccess.ts';
import { byDeputies, notUpheld } from '../letters/cases.ts';

const { directory } = notUpheld.seen;
const seen = { ...notUpheld.seen, trail: { ...notUpheld.seen.trail, events: notUpheld.events } };
const about = (asked: string) => heldAbout(dataSubject(directory, asked), seen);

describe('OP8: what is held about somebody', () => {
  test.each(['health-visitor', 'Amara Larkspur', 'AMARA.LARKSPUR@hawthorn-vale.example'])('a person is known as %s', (asked) => {
    expect(dataSubject(directory, asked)).toMatchObject({ kind: 'person', ids: ['health-visitor', expect.any(String)] });
  });

  test("of a child's case everything is given, with the names of all people marked", () => {
    const [child = ''] = seen.current.dissent.children;
    const text = about(child.toLowerCase()) ?? '';
    expect(text).toContain(seen.current.dissent.reasons);
    expect(text).toContain('[[Amara Larkspur]]');
    expect(text.replaceAll(/\[\[[^\]]*\]\]/g, '')).not.toMatch(/Larkspur|Oakenshaw|Copperfold/);
  });

  test('of a person it is what they did and wherever they are named; their own name is not marked, and those of others are', () => {
    const text = about('Amara Larkspur') ?? '';
    expect(text).toContain('The dissent was raised.');
    expect(text).toContain('Amara Larkspur');
    expect(text).not.toContain('[[Amara Larkspur]]');
    const [whole = ''] = [about(seen.current.dissent.children[0] ?? '')];
    expect(text.length).toBeLessThan(whole?.length ?? 0);
  });

  test('a case that has nothing to do with them is not given', () => {
    expect(about('CH-9999')).toBeNull();
    expect(about('CH-10')).toBeNull();
    expect(
      heldAbout(dataSubject(directory, 'midwife'), { ...byDeputies.seen, trail: { ...byDeputies.seen.trail, events: [] } }),
    ).toBeNull();
  });

  test('a name is marked as it is written, and not inside another word', () => {
    expect(markedNames(['Ann Lee', 'Ann'])('ann lee saw Annabel and Ann.')).toBe('[[ann lee]] saw Annabel and [[Ann]].');
  });
});
