import { type Quarter, readQuarter } from '../domain/quarter.ts';

/** What a typed message asks for. */
export type Request =
  /** `unclear`: something that cannot be read. */
  | { ask: 'help' | 'unclear' | Phrase }
  /** To see a case, or to have the whole of it as a document. */
  | { ask: 'case' | 'document'; reference: string }
  /** This quarter's figures, or another's. */
  | { ask: 'figures'; quarter?: Quarter };

type Phrase = 'raise' | 'log' | 'my-cases' | 'cover' | 'register' | 'stuck';

const phrases: Record<Phrase, RegExp> = {
  raise: /^((i )?(want|wish|would like) to )?(raise( a| my)?( dissent)?|(i )?dissent)$/,
  log: /^((log|raise)( a| the)? )?complaint$/,
  'my-cases': /^(show |list )?(my )?cases$|^my case$/,
  cover: /^(my |name |name a )?(cover|deputy|deputies)$/,
  register: /^(show )?(the )?register$/,
  stuck: /^(what is |what's |what’s |show )?stuck$/,
};

/** A call for help, a greeting, or nothing but the bot's name. */
const HELP = /^((show )?help|hello|hi|hey|good (morning|afternoon)|start|menu)?$/;

/**
 * Reads a typed message: mentions, capitals, spaces, a "please" and a full stop at the end do not matter, nor does a reference typed
 * with spaces for hyphens. Nothing is guessed: whatever it cannot read is unclear.
 */
export function readWords(text: string): Request {
  const words = text
    .replace(/<at[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>|&nbsp;/g, ' ')
    .trim()
    .replace(/[\s.!?]+$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/^please,? |,? please$/g, '');
  if (HELP.test(words)) return { ask: 'help' };
  const phrase = (Object.keys(phrases) as Phrase[]).find((each) => phrases[each].test(words));
  if (phrase) return { ask: phrase };
  const figures = /^(?:show )?(?:the )?figures(?: (?:for )?(.+))?$/.exec(words);
  if (figures) return readFigures(figures[1]);
  const [, document] = /^(.+) as a document$/.exec(words) ?? [];
  const about = document ?? words;
  const [, asked] =
    /^(?:show |see )?case[ :#]*(.+)$/.exec(about) ?? /^([a-z]{2,8}[ \p{Pd}](?:[a-z][ \p{Pd}])?\d{2}[ \p{Pd}]\d{3,})$/u.exec(about) ?? [];
  const reference = asked?.replace(/[ \p{Pd}]+/gu, '-').toUpperCase() ?? '';
  return /^[A-Z0-9-]{3,30}$/.test(reference) ? { ask: document === undefined ? 'case' : 'document', reference } : { ask: 'unclear' };
}

function readFigures(typed: string | undefined): Request {
  if (typed === undefined) return { ask: 'figures' };
  const quarter = readQuarter(typed);
  return quarter ? { ask: 'figures', quarter } : { ask: 'unclear' };
}
