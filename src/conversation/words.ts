import type { SheetFormat } from '../app/exports.ts';
import { type Quarter, readQuarter } from '../domain/quarter.ts';
import { plainWords } from './plainText.ts';
import type { TakenAway } from './takeAway.ts';

/** What a typed message asks for. */
export type Request =
  /** `unclear`: something that cannot be read; `which-case`: a case, without saying which. */
  | { ask: 'help' | 'unclear' | 'which-case' | Phrase }
  /** To see a case, or to have the whole of it as a document. */
  | { ask: 'case' | 'document'; reference: string }
  /** This quarter's figures, or another's. */
  | { ask: 'figures'; quarter?: Quarter }
  /** Whether a child has a case. */
  | { ask: 'child'; child: string }
  /** A table as a file. */
  | { ask: 'file'; asked: TakenAway; format: SheetFormat };

type Phrase = 'health' | 'raise' | 'log' | 'my-cases' | 'cover' | 'register' | 'stuck';

/** What each thing may be called, in small letters, without articles; divided by bars. */
const phrases: Record<Phrase | 'help' | 'which-case', string> = {
  raise:
    'raise|dissent|raise dissent|raise my dissent|start dissent|make dissent|new dissent|i dissent|raise new dissent|start new dissent',
  log: 'complaint|log complaint|raise complaint|log new complaint',
  'my-cases': 'cases|my cases|my case|list cases|list my cases|my dissents|my dissent',
  cover: 'cover|my cover|name cover|arrange cover|deputy|deputies|my deputy|my deputies|name deputy|name my deputy|name deputies',
  register: 'register',
  health: 'doctor|health|check up|is all well|is everything well',
  stuck: "stuck|what is stuck|what's stuck|whats stuck",
  help: 'help|menu|start|help me',
  'which-case': 'case|see case|which case|case reference|case number|one case',
};
const meanings = new Map(
  Object.entries(phrases).flatMap(([ask, said]) => said.split('|').map((each) => [each, ask as keyof typeof phrases] as const)),
);

/** Words that ask for nothing by themselves, at the beginning and at the end of a message. */
const greetings = ['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'good evening', 'dear'];
const thanks = ['thanks', 'thank you', 'many thanks', 'cheers', 'thx', 'ta'];
const name = ['conference dissent', 'conferencedissent', 'conference-dissent'];
const wishes = [
  ...["i'd", 'id', 'i would', 'we would', "we'd"].flatMap((who) => [`${who} like to`, `${who} like`]),
  ...['i want', 'i wish', 'i need', 'we want', 'we need'].flatMap((who) => [`${who} to`, who]),
  ...['can', 'could', 'may', 'would', 'will'].flatMap((may) => ['i', 'we', 'you'].map((who) => `${may} ${who}`)),
  ...['let me', 'help me to', 'show me', 'show', 'open', 'see', 'give me', 'go to'],
];
const before = byLength(['please', 'pls', ...greetings, ...thanks, ...name, ...wishes]);
const after = byLength(['please', 'pls', 'now', 'for me', ...thanks, ...name, ...greetings]);
const spoken = new Set([...greetings, ...thanks, ...name].flatMap((each) => each.split(' ')));

/**
 * Reads a typed message as people write them (TM5): what is polite, mentions, capitals, punctuation, invisible characters, and the kind
 * of hyphen and space do not matter, nor does a reference typed with spaces for hyphens. Nothing is guessed: whatever it cannot read is
 * unclear. It takes no longer for a long text than for a short one.
 */
export function readWords(text: string): Request {
  const said = plainWords(text);
  const words = withoutManners(said);
  if (words.length === 0) return { ask: said.every((word) => spoken.has(word)) ? 'help' : 'unclear' };
  const bare = words.filter((word) => !['a', 'an', 'the'].includes(word));
  const meaning = meanings.get(bare.join(' '));
  if (meaning) return { ask: meaning };
  const { format, about } = withoutFormat(bare);
  const [first, ...rest] = about;
  if (format) return asFile(about, format);
  if (first === 'child' && rest.length > 0) return readChild(rest);
  return first === 'figures' ? readFigures(rest) : readCase(words);
}

/** A child's reference in capitals, since they are compared so; a name, which holds no digit, is not read. */
function readChild(words: string[]): Request {
  const child = (words[0] === 'reference' ? words.slice(1) : words).join('-').toUpperCase();
  return /^(?=.*\d)[A-Z0-9/_-]{1,40}$/.test(child) ? { ask: 'child', child } : { ask: 'unclear' };
}

const fileWords: Record<string, SheetFormat> = { file: 'xlsx', spreadsheet: 'xlsx', excel: 'xlsx', xlsx: 'xlsx', csv: 'csv' };

/** What stands before `as file` and the like, articles left out, and which kind of file that is; null where no file is asked for. */
function withoutFormat(bare: string[]): { about: string[]; format: SheetFormat | null } {
  const kind = bare.at(-1) ?? '';
  const isFile = bare.at(-2) === 'as' && Object.hasOwn(fileWords, kind);
  return isFile ? { about: bare.slice(0, -2), format: fileWords[kind] ?? null } : { about: bare, format: null };
}

function asFile(about: string[], format: SheetFormat): Request {
  const [first, ...rest] = about;
  if (about.join(' ') === 'register') return { ask: 'file', asked: { what: 'register' }, format };
  const request = first === 'figures' ? readFigures(rest) : readCase(about);
  if (request.ask === 'figures') return { ask: 'file', asked: { what: 'figures', quarter: request.quarter }, format };
  return request.ask === 'case' ? { ask: 'file', asked: { what: 'case', reference: request.reference }, format } : { ask: 'unclear' };
}

function readFigures(words: string[]): Request {
  const typed = (words[0] === 'for' ? words.slice(1) : words).join(' ');
  if (typed === '') return { ask: words.length === 0 ? 'figures' : 'unclear' };
  const quarter = readQuarter(typed);
  return quarter ? { ask: 'figures', quarter } : { ask: 'unclear' };
}

/** A reference after the word `case`, or by itself where it is one beyond doubt; perhaps `as a document`. */
function readCase(words: string[]): Request {
  const ask = /(?:^| )as (?:a )?document$/.test(words.slice(-3).join(' ')) ? 'document' : 'case';
  const about = ask === 'case' ? words : words.slice(0, words.lastIndexOf('as'));
  const [first = '', second = ''] = about;
  // "Case:DIS-27-001" is one word.
  const [, joined] = /^case[:#](.+)$/.exec(first) ?? [];
  const named = first === 'case' || joined !== undefined;
  const skipped = joined !== undefined || !named ? 0 : ['number', 'reference', 'ref', 'no'].includes(second) ? 2 : 1;
  const reference = [joined ?? [], ...about.slice(joined === undefined ? skipped : 1)].flat().join('-').replace(/-+/g, '-').toUpperCase();
  const isOne = named ? /^[A-Z0-9-]{3,30}$/ : /^[A-Z]{2,8}-(?:[A-Z]-)?\d{2}-\d{3,}$/;
  return reference.length <= 30 && isOne.test(reference) ? { ask, reference } : { ask: 'unclear' };
}

function withoutManners(said: string[]): string[] {
  let words = said;
  for (let found = true; found; ) {
    const start = before.find((each) => each.every((word, at) => words[at] === word));
    const end = after.find(
      (each) => words.length >= each.length && each.every((word, at) => words[words.length - each.length + at] === word),
    );
    found = words.length > 0 && (start !== undefined || end !== undefined);
    if (found) words = start ? words.slice(start.length) : words.slice(0, words.length - (end?.length ?? 0));
  }
  return words;
}

function byLength(sayings: string[]): string[][] {
  return sayings.map((each) => each.split(' ')).toSorted((one, other) => other.length - one.length);
}
