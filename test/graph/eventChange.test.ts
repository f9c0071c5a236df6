import { describe, expect, test } from '@jest/globals';
import type { Before } from '../../src/app/calendars.ts';
import { eventAnswer } from '../../src/graph/answers.ts';
import { changesTo, foundOf, type GraphEvent } from '../../src/graph/eventChange.ts';
import { instant, invitation } from './graphServer.ts';

/** What is read of an event that people have been at in Outlook, and what of it is changed (OB3, OB9). */

const person = (address: string, rest: object = {}) => ({ type: 'required', emailAddress: { address, name: address }, ...rest });
const CHAIR = person('chair@partnership.example');
const SOCIAL_WORKER = { ...person('person-2@partnership.example'), type: 'optional' };
const ELSEWHERE = person('somebody@elsewhere.example');
const TIME = {
  start: { dateTime: '2027-03-02T10:00:00.0000000', timeZone: 'UTC' },
  end: { dateTime: '2027-03-02T12:00:00.0000000', timeZone: 'UTC' },
};
const event = (changes: object = {}): GraphEvent =>
  eventAnswer.parse({ id: 'event', subject: 'Meeting DIS-27-004', ...TIME, attendees: [CHAIR, SOCIAL_WORKER, ELSEWHERE], ...changes });
const before = (changes: Partial<Before> = {}): Before => {
  const { subject, attendees, room } = invitation();
  return { subject, attendees, room, timeStays: false, ...changes };
};
const addresses = (attendees: { emailAddress?: unknown }[] | null | undefined) =>
  attendees?.map(({ emailAddress }) => (emailAddress as { address: string }).address);

describe('OB9: of an invitation, only what has changed since', () => {
  test('nothing, where nothing has', () => {
    expect(changesTo(event(), invitation(), before())).toEqual({});
    expect(changesTo(event(), invitation(), null)).toEqual({});
  });

  test('a subject and an attendee that people put there stay', () => {
    const byHand = event({ subject: 'Meeting, room 3', attendees: [CHAIR, SOCIAL_WORKER, ELSEWHERE, person('interpreter@words.example')] });
    const wanted = invitation({
      attendees: [{ email: 'second-chair@partnership.example', required: true }, ...invitation().attendees.slice(1)],
    });
    const change = changesTo(byHand, wanted, before());
    expect(Object.keys(change)).toEqual(['attendees']);
    expect(addresses(change.attendees)).toEqual([
      'person-2@partnership.example',
      'somebody@elsewhere.example',
      'interpreter@words.example',
      'second-chair@partnership.example',
    ]);
  });

  test('a time that nobody chose anew stays where people moved it', () => {
    const moved = event({
      start: { dateTime: '2027-03-09T10:00:00', timeZone: 'UTC' },
      end: { dateTime: '2027-03-09T12:00:00', timeZone: 'UTC' },
    });
    expect(changesTo(moved, invitation(), before({ timeStays: true }))).toEqual({});
    expect(changesTo(moved, invitation(), before())).toMatchObject({ start: { dateTime: '2027-03-02T10:00:00' } });
  });

  test('whoever was taken off by hand is asked again with a time that was chosen anew, and not before', () => {
    const without = event({ attendees: [CHAIR, ELSEWHERE] });
    expect(changesTo(without, invitation(), before({ timeStays: true }))).toEqual({});
    expect(addresses(changesTo(without, invitation(), before()).attendees)).toContain('person-2@partnership.example');
  });

  test('whoever has to be there now and only might have been before is asked as such', () => {
    const wanted = invitation({ attendees: invitation().attendees.map((each) => ({ ...each, required: true })) });
    const change = changesTo(event(), wanted, before());
    expect(change.attendees?.find(({ emailAddress }) => emailAddress?.address === 'person-2@partnership.example')?.type).toBe('required');
    expect(changesTo(event({ attendees: change.attendees ?? [] }), wanted, before())).toEqual({});
  });

  test('OB10: another room is invited in the place of the one before, and is where it meets', () => {
    const [one, other] = ['1', '2'].map((which) => ({ name: `Room ${which}`, mailbox: `room${which}@partnership.example` }));
    const held = event({ attendees: [CHAIR, SOCIAL_WORKER, ELSEWHERE, { ...person('room1@partnership.example'), type: 'resource' }] });
    const change = changesTo(held, invitation({ room: other ?? null }), before({ room: one ?? null }));
    expect(change.location).toMatchObject({ displayName: 'Room 2', locationType: 'conferenceRoom' });
    expect(addresses(change.attendees)).toEqual(expect.arrayContaining(['room2@partnership.example']));
    expect(addresses(change.attendees)).not.toContain('room1@partnership.example');
  });
});

describe('OB3: what is read of an event', () => {
  const answered = (response: string, rest: object = {}) =>
    foundOf(event({ attendees: [person('chair@partnership.example', { status: { response, time: '2027-02-18T09:00:00Z' }, ...rest })] }))
      .attendees[0];

  test.each([
    ['accepted', 'accepted'],
    ['tentativelyAccepted', 'tentative'],
    ['declined', 'declined'],
    ['none', 'none'],
    ['notResponded', 'none'],
    ['organizer', 'none'],
    ['somethingNew', 'none'],
  ])('the answer %s is %s', (response, answer) => expect(answered(response)?.answer).toBe(answer));

  test('another time is read, and one in a zone that is nobody knows is none', () => {
    const time = (dateTime: string, timeZone: string) => ({ start: { dateTime, timeZone }, end: { dateTime, timeZone } });
    expect(answered('declined', { proposedNewTime: time('2027-03-02T14:00:00', 'UTC') })?.proposed?.start).toEqual(
      instant('2027-03-02T14:00:00Z'),
    );
    const odd = answered('declined', { proposedNewTime: time('2027-03-02T14:00:00', 'tzone://Microsoft/Custom') });
    expect(odd).toMatchObject({ answer: 'declined', proposed: null });
  });
});
