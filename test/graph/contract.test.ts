import { expect } from '@jest/globals';
import { contractTest, graphContract } from '../support/graphContract.ts';
import type { Exchange } from '../support/traffic.ts';
import { DRIVE, graphOverHttp, instant, invitation, ORGANISER } from './graphServer.ts';

contractTest('design 7: everything asked and answered is as Microsoft describes it', async () => {
  const { calendars, graph, exchanges, address } = await graphOverHttp({ duplicate: 409 });
  graph.misbehave({ what: 'refused', status: 429, retryAfter: '1' });
  await calendars.book(ORGANISER, invitation()).catch(() => {});
  const { calendarEvent } = await calendars.book(ORGANISER, invitation());
  await calendars.book(ORGANISER, invitation());
  await calendars.busyTimes(
    ORGANISER,
    ['chair@partnership.example', ORGANISER, 'who@elsewhere.example'],
    instant('2027-03-01T00:00:00Z'),
    instant('2027-03-06T00:00:00Z'),
  );
  await calendars.move(ORGANISER, calendarEvent, invitation({ attendees: [] }), null);
  await calendars.mailboxOf('00000000-0000-4000-8000-000000000003');
  for (const path of [
    'users?$top=3',
    "users?$filter=mail eq 'chair@partnership.example'",
    'users/nobody',
    'users/chair@partnership.example/events',
    'users/chair@partnership.example/calendarView?startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-03-12T00:00:00Z&$top=2',
  ]) {
    await fetch(`${address}/graph/v1.0/${path}`).then((response) => response.text());
  }
  await calendars.cancel(ORGANISER, calendarEvent, 'It is not needed any more.');
  await calendars.cancel(ORGANISER, calendarEvent, 'It is not needed any more.');

  const check = graphContract();
  expect(new Set(exchanges.map(({ status }) => status))).toEqual(new Set([200, 201, 202, 404, 409, 429]));
  expect(exchanges.flatMap((exchange) => check?.(exchange))).toEqual([]);
});

contractTest('design 7: so are letters and documents', async () => {
  const { mail, files, graph, exchanges, address } = await graphOverHttp();
  const content = Buffer.from('PK, as a Word file begins');
  const letter = { to: 'chair@partnership.example', subject: 'Letter DIS-27-004', lines: ['A letter is attached.'] };
  await mail.send(ORGANISER, { ...letter, attachment: { fileName: 'DIS-27-004-letter.docx', content } });
  await mail.send(ORGANISER, { ...letter, attachment: null });
  await mail.send('nobody@partnership.example', { ...letter, attachment: null }).catch(() => {});
  for (const status of [429, 503, 504]) {
    graph.misbehave({ what: 'refused', status, retryAfter: '1' });
    await files.upload(DRIVE, 'CH-1041/DIS-27-004-reasons.docx', content).catch(() => {});
  }
  const { item } = await files.upload(DRIVE, 'CH-1041/DIS-27-004-reasons.docx', content);
  await files.upload(DRIVE, 'CH-1041/DIS-27-004-reasons.docx', content);
  await files.upload('b!nothing', 'CH-1041/DIS-27-004-reasons.docx', content).catch(() => {});
  for (const path of [
    `root:/CH-1041/DIS-27-004-reasons.docx`,
    `items/${item}`,
    `items/${item}?$select=id,webUrl`,
    'root:/CH-1041/other.docx',
  ])
    await fetch(`${address}/graph/v1.0/drives/${DRIVE}/${path}`).then((response) => response.text());

  const check = graphContract();
  expect(exchanges.map(({ status }) => status)).toEqual([202, 202, 404, 429, 503, 504, 201, 200, 404, 200, 200, 200, 404]);
  expect(exchanges.flatMap((exchange) => check?.(exchange))).toEqual([]);
});

contractTest('design 7: the check sees what Microsoft does not know', () => {
  const check = graphContract() ?? (() => []);
  const good: Exchange = {
    method: 'GET',
    path: '/users/x',
    query: '',
    headers: {},
    requestBody: null,
    status: 200,
    responseBody: { id: 'x' },
  };
  expect(check(good)).toEqual([]);
  expect(check({ ...good, responseBody: { id: 'x', nickname: 'y' } })).toHaveLength(1);
  expect(check({ ...good, query: '$selekt=id' })).toHaveLength(1);
  expect(check({ ...good, status: 202 })).toHaveLength(1);
  expect(check({ ...good, path: '/people/x' })).toHaveLength(1);
  expect(check({ ...good, status: 404, responseBody: { fault: 'x' } })).toHaveLength(1);
  expect(check({ ...good, path: '/users/x/calendarView', responseBody: { value: [] } })).toHaveLength(2);
  expect(
    check({ ...good, method: 'POST', path: '/users/x/events', status: 201, requestBody: { subject: 'x', summary: 'y' } }),
  ).toHaveLength(1);
});
