import type { Partnership } from '../../directory/directory.ts';

/** Whose paper it is and how it is marked: the partnership's name, address, telephone and contact, each line once (P13, LE1). */
export function paperOf({ name, letterhead, address = [], phone, contact, marking }: Partnership): {
  letterhead: string[];
  marking: string | null;
} {
  const lines = [
    ...(letterhead.length > 0 ? letterhead : [name]),
    ...(address.length > 0 ? [address.join(', ')] : []),
    [...(phone === undefined ? [] : [`Telephone ${phone}`]), ...contact.filter((line) => !letterhead.includes(line))].join(', '),
  ];
  return { letterhead: [...new Set(lines)].filter((line) => line !== ''), marking: marking ?? null };
}
