import { sayDate } from './words.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date as people in Britain type it, such as 26/1/2027, 26 Jan 2027 or Tue 26 January 2027, as `2027-01-26`; null where it is none. */
export function readDate(typed) {
  const words = typed.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  const own = /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4})$/.exec(words);
  const [year, month, day] = iso ? iso.slice(1) : own ? [own[3], own[2], own[1]] : [];
  if (!year) return null;
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3)) + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T12:00:00Z`);
  return number > 0 && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
}

/** A date as it stands in a field: `26/01/2027`. */
export function fieldDate(date) {
  return date ? date.split('-').reverse().join('/') : '';
}

/**
 * Makes a text field one for a date, day before month as in Britain, whatever the browser's own habit; `said` says the date in words.
 * Browsers' own date fields go by the language that the browser is set to.
 */
export function dateField(box, said, onInput = () => {}) {
  Object.assign(box, { type: 'text', inputMode: 'numeric', autocomplete: 'off', placeholder: 'dd/mm/yyyy' });
  const say = () => {
    const date = readDate(box.value);
    said.textContent = date ? sayDate(date) : box.value.trim() === '' ? '' : 'Write it as dd/mm/yyyy';
  };
  box.addEventListener('input', () => {
    say();
    onInput();
  });
  box.addEventListener('change', () => {
    const date = readDate(box.value);
    if (date) box.value = fieldDate(date);
  });
  say();
}
