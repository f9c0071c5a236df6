import { type Quarter, readQuarter } from '../../domain/quarter.ts';

/** What a typed message asks for. */
export type Request =
  | { ask: 'help' | Phrase }
  /** To see a case, or to have the whole of it as a document. */
  | { ask: 'case' | 'document'; reference: string }
  /** This quarter's figures, or another's. */
  | { ask: 'figures'; quarter?: Quarter };

type Phrase = 'raise' | 'log' | 'my-cases' | 'cover' | 'register' | 'stuck';

const phrases: Record<Phrase, RegExp> = {
  raise: /^((i )?(want|wish|would like) to )?(raise( a| my)?( dissent)?|(i )?dissent)$/,
  log: /^((log|raise)( a| the)? )?complaint$/,
  'my-cases': /^(show |list )?(my )?cases$/,
  cover: /^(my |name |name a )?(cover|deputy|deputies)$/,
  register: /^(show )?(the )?register$/,
  stuck: /^(what is |what's |what’s |show )?stuck$/,
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
  const phrase = (Object.keys(phrases) as Phrase[]).find((each) => phrases[each].test(words));
  if (phrase) return { ask: phrase };
  const figures = /^(?:show )?(?:the )?figures(?: (?:for )?(.+))?$/.exec(words);
  if (figures) return readFigures(figures[1]);
  const [, document] = /^(.+) as a document$/.exec(words) ?? [];
  const about = document ?? words;
  const [, asked] =
    /^(?:show |see )?case[ :#]*(.+)$/.exec(about) ?? /^([a-z]{2,8}[ \p{Pd}](?:[a-z][ \p{Pd}])?\d{2}[ \p{Pd}]\d{3,})$/u.exec(about) ?? [];
  const reference = asked?.replace(/[ \p{Pd}]+/gu, '-').toUpperCase() ?? '';
  return /^[A-Z0-9-]{3,30}$/.test(reference) ? { ask: document === undefined ? 'case' : 'document', reference } : { ask: 'help' };
}

function readFigures(typed: string | undefined): Request {
  if (typed === undefined) return { ask: 'figures' };
  const quarter = readQuarter(typed);
  return quarter ? { ask: 'figures', quarter } : { ask: 'help' };
}
