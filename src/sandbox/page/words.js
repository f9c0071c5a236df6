const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const NUMBERS = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' };
const LONDON = new Intl.DateTimeFormat('en-GB', { ...NUMBERS, timeZone: 'Europe/London' });

/** An instant as London's clocks and calendars show it: `{ date: '2027-01-26', time: '16:40' }`. */
export function inLondon(instant) {
  const { year, month, day, hour, minute } = Object.fromEntries(
    LONDON.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const two = (number) => String(number).padStart(2, '0');
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** The instant at which London's clocks show that date and time. */
export function fromLondon(date, time) {
  const shown = Date.parse(`${date}T${time}:00Z`);
  const ahead = (instant) => {
    const there = inLondon(instant);
    return Date.parse(`${there.date}T${there.time}:00Z`) - instant;
  };
  return new Date(shown - ahead(shown - ahead(shown)));
}

/** A calendar date as people read it: `Tue 26 Jan 2027`. */
export function sayDate(date) {
  const day = new Date(`${date}T12:00:00Z`);
  return `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** An instant as people in London read it: `Tue 26 Jan 2027, 16:40`. */
export function sayInstant(instant) {
  const { date, time } = inLondon(instant);
  return `${sayDate(date)}, ${time}`;
}

/** A calendar date so many days later. */
export function later(date, days) {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(date) {
  return new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
}

/** A name as written in code, in words: `joinUrl` is "Join url", `due-at` is "Due at". */
export function sayName(name) {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A number of bytes as people read it: `34 KB`. */
export function saySize(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
