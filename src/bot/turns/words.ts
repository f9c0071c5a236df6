/** What a typed message asks for. */
export type Request = { ask: 'help' | 'raise' | 'my-cases' } | { ask: 'case'; reference: string };

const phrases: Record<'raise' | 'my-cases', RegExp> = {
  raise: /^((i )?(want|wish|would like) to )?(raise( a| my)?( dissent)?|(i )?dissent)$/,
  'my-cases': /^(show |list )?(my )?cases$/,
};

/**
 * Reads a typed message: mentions, capitals, spaces and a full stop at the end do not matter, nor does a reference typed
 * with spaces for hyphens. Whatever it cannot read is a call for help.
 */
export function readWords(text: string): Request {
  const words = text
    .replace(/<at[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>|&nbsp;/g, ' ')
    .trim()
    .replace(/[\s.!?]+$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
  for (const ask of ['raise', 'my-cases'] as const) if (phrases[ask].test(words)) return { ask };
  const [, asked] =
    /^(?:show |see )?case[ :#]*(.+)$/.exec(words) ?? /^([a-z]{2,8}[ \p{Pd}](?:[a-z][ \p{Pd}])?\d{2}[ \p{Pd}]\d{3,})$/u.exec(words) ?? [];
  const reference = asked?.replace(/[ \p{Pd}]+/gu, '-').toUpperCase() ?? '';
  return /^[A-Z0-9-]{3,30}$/.test(reference) ? { ask: 'case', reference } : { ask: 'help' };
}
