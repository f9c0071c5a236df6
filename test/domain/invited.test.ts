import { describe, expect, test } from '@jest/globals';
import { currentBooking } from '../../src/domain/bookings.ts';
import type { Command } from '../../src/domain/commands.ts';
import { attendeesOf, guestOf } from '../../src/domain/sharing.ts';
import { camden, events, roster, when } from './given.ts';
import { after, booked, first, joined, NOW, reported } from './meetingTogether.ts';

/** CD5: people are added to a conference that meets again, and taken off, until it begins. */

const change = (required: string[], optional: string[] = []): Command => ({ type: 'ChangeInvited', required, optional });
const changed = (current = first(), command = change(['police'], ['teacher'])) =>
  after(current, events(when(current, command, 'administrator', NOW)), 'administrator');
const known = { ...roster, people: ['police', 'teacher', 'social-worker', 'chair', 'gp'] };

describe('CD5: who is invited', () => {
  test('is as those who book last said, and chair and dissenter come whatever they say', () => {
    expect(attendeesOf(first()).map(({ person }) => person)).toEqual(['chair', 'gp', 'social-worker']);
    expect(attendeesOf(changed())).toEqual([
      { person: 'chair', required: true },
      { person: 'gp', required: true },
      { person: 'police', required: true },
      { person: 'teacher', required: false },
    ]);
    expect(events(when(first(), change(['chair', 'gp', 'police', 'police'], ['gp', 'police']), 'administrator', NOW))).toEqual([
      { type: 'InvitedChanged', required: ['police'], optional: [] },
      { type: 'TimesRequested' },
    ]);
  });

  test('a time that is booked stands and goes out to whoever is new, of whom nobody knows whether they are free', () => {
    const before = booked(first());
    const standing = currentBooking(changed(before));
    expect(standing).toMatchObject({ status: 'wanted', peopleOnly: true, round: 2, slot: { start: '2027-11-11T10:00:00Z' } });
    expect(standing?.slot.unknown).toEqual(expect.arrayContaining(['police', 'teacher']));
  });

  test('whom another case brings stays, and that case learns of whom this one now brings', () => {
    const host = reported(booked(first()), joined());
    expect(attendeesOf(changed(host)).map(({ person }) => person)).toEqual(['chair', 'gp', 'teacher', 'police']);
    expect(guestOf(changed(), camden)).toMatchObject({ required: ['gp', 'police'], optional: ['teacher'] });
  });

  test('only those who book change it, among people of the directory, and not twice', () => {
    for (const person of ['chair', 'gp', 'sm', 'stranger'])
      expect(when(first(), change(['police']), person, NOW)).toMatchObject({ refused: 'not-allowed' });
    expect(when(first(), change(['nobody'], ['police']), 'administrator', NOW, known)).toMatchObject({
      refused: 'invalid',
      rule: 'CD5',
      fields: { required: 'Choose people who are in the directory.' },
    });
    expect(when(first(), change(['social-worker']), 'administrator', NOW, known)).toMatchObject({ refused: 'already-done' });
    expect(when(changed(), change(['police'], ['teacher']), 'hos', NOW)).toMatchObject({ refused: 'already-done' });
  });

  test.each([
    ['2027-11-11T09:59:59Z', 'events'],
    ['2027-11-11T10:00:00Z', 'refused'],
  ])('at %s, of a conference that begins at 10:00: %s', (at, comes) => {
    expect(when(booked(first()), change(['police']), 'administrator', at)).toHaveProperty(comes);
  });
});
