import type { Calendar, Event, FreeBusyStatus, ScheduleInformation, ScheduleItem, WorkingHours } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { dateOf } from '../../domain/londonTime.ts';
import type { Diary, DiaryItem } from './diary.ts';
import { type Meetings, showsAs } from './meetings.ts';
import { type Operation, refuse, selected } from './operation.ts';
import { dateTimeTimeZone, overlap, shownTime } from './times.ts';
import type { User, Users } from './users.ts';

const scheduleRequest = z.object({
  schedules: z.array(z.string()).min(1),
  startTime: dateTimeTimeZone,
  endTime: dateTimeTimeZone,
  availabilityViewInterval: z.number().int().min(5).max(1440).default(30),
});

type Item = { status: FreeBusyStatus; private: boolean; start: Temporal.Instant; end: Temporal.Instant };

/** Free/busy for several mailboxes: times and how they show, never subjects; working elsewhere reads 0 in `availabilityView`. */
export function scheduleOperations(users: Users, meetings: Meetings, diary: Diary): Operation[] {
  const schedule = (key: string, from: Temporal.Instant, to: Temporal.Instant, interval: number): ScheduleInformation => {
    const user = users.find(key);
    if (!user) {
      const error = { message: 'The mailbox was not found.', responseCode: 'ErrorMailRecipientNotFound' };
      return { scheduleId: key, availabilityView: '', scheduleItems: [], error };
    }
    const items: Item[] = [
      ...diaryItems(diary, user, from, to),
      ...meetings
        .of(user)
        .map((meeting) => ({
          status: showsAs(meeting, user),
          private: meeting.sensitivity === 'private',
          start: Temporal.Instant.from(meeting.start),
          end: Temporal.Instant.from(meeting.end),
        }))
        .filter((item) => item.status !== 'free' && overlap(item, { start: from, end: to })),
    ].sort((a, b) => Temporal.Instant.compare(a.start, b.start));
    return {
      scheduleId: key,
      availabilityView: viewOf(items, from, to, interval),
      scheduleItems: items.map(
        (item): ScheduleItem => ({
          isPrivate: item.private,
          status: item.status,
          start: shownTime(item.start),
          end: shownTime(item.end),
        }),
      ),
      // A shared mailbox has none, as in Exchange.
      ...(user.person ? { workingHours: WORKING_HOURS } : {}),
    };
  };
  return [
    {
      method: 'GET',
      path: '/users/{user}/calendar',
      answer(request, { user = '' }) {
        if (!users.find(user)) return refuse(404, 'ErrorInvalidUser', `The requested user '${user}' is invalid.`);
        const calendar: Calendar = { id: 'calendar', allowedOnlineMeetingProviders: ['teamsForBusiness'] };
        return { status: 200, body: selected(request, calendar) };
      },
    },
    {
      method: 'POST',
      path: '/users/{user}/calendar/getSchedule',
      answer(request, { user = '' }) {
        if (!users.find(user)) return refuse(404, 'ErrorInvalidUser', `The requested user '${user}' is invalid.`);
        const asked = scheduleRequest.safeParse(request.body);
        if (!asked.success) return refuse(400, 'ErrorInvalidRequest', 'The request is not valid.');
        const { schedules, startTime, endTime, availabilityViewInterval } = asked.data;
        if (schedules.length > 20) return refuse(400, 'ErrorInvalidRequest', 'The number of schedules is over the limit of 20.');
        const days = startTime.until(endTime).total('hours') / 24;
        if (days <= 0) return refuse(400, 'ErrorInvalidTimeInterval', 'The end is not after the start.');
        if (days > 62) return refuse(400, 'ErrorTimeIntervalTooBig', 'The time window is over the limit of 62 days.');
        return { status: 200, body: { value: schedules.map((key) => schedule(key, startTime, endTime, availabilityViewInterval)) } };
      },
    },
  ];
}

/** A person's diary between two instants; a shared mailbox has none. */
export function diaryItems(diary: Diary, user: User, from: Temporal.Instant, to: Temporal.Instant): DiaryItem[] {
  if (!user.person) return [];
  const items: DiaryItem[] = [];
  for (let date = dateOf(from); Temporal.PlainDate.compare(date, dateOf(to)) <= 0; date = date.add({ days: 1 }))
    items.push(...diary(user.person, date));
  return items.filter((item) => overlap(item, { start: from, end: to }));
}

/** The diary as the events that its owner's calendar holds, subjects included. */
export function diaryEvents(diary: Diary, user: User, from: Temporal.Instant, to: Temporal.Instant): Event[] {
  return diaryItems(diary, user, from, to).map(
    (item): Event => ({
      id: `diary-${user.id}-${item.start.epochMilliseconds}`,
      subject: item.subject,
      showAs: item.status,
      sensitivity: item.private ? 'private' : 'normal',
      type: 'singleInstance',
      isCancelled: false,
      isOrganizer: true,
      start: shownTime(item.start),
      end: shownTime(item.end),
      organizer: { emailAddress: { address: user.email, name: user.name } },
      attendees: [],
      isOnlineMeeting: false,
      onlineMeeting: null,
    }),
  );
}

const DIGITS: Record<FreeBusyStatus, string> = { unknown: '2', free: '0', workingElsewhere: '0', tentative: '1', busy: '2', oof: '3' };

const WORKING_HOURS: WorkingHours = {
  daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  startTime: '09:00:00.0000000',
  endTime: '17:00:00.0000000',
  timeZone: { name: 'GMT Standard Time' },
};

function viewOf(items: Item[], from: Temporal.Instant, to: Temporal.Instant, interval: number): string {
  let view = '';
  for (let start = from; Temporal.Instant.compare(start, to) < 0; start = start.add({ minutes: interval })) {
    const digits = items
      .filter((item) => overlap(item, { start, end: start.add({ minutes: interval }) }))
      .map((item) => DIGITS[item.status]);
    view += digits.sort().at(-1) ?? '0';
  }
  return view;
}
