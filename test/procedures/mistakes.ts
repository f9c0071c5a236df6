import { readFileSync } from 'node:fs';
import { examine, sayFinding } from '../../src/procedures/check.ts';

/** Typical mistakes of whoever writes a procedure, each made in one of the product's own files, and what the check then says (PL1). */

type Mistake = { file: 'camden-dissent' | 'scottish-dissent' | 'camden-complaint'; from: string | RegExp; to: string };

const camden = (from: string | RegExp, to: string): Mistake => ({ file: 'camden-dissent', from, to });
const scottish = (from: string | RegExp, to: string): Mistake => ({ file: 'scottish-dissent', from, to });
const complaint = (from: string | RegExp, to: string): Mistake => ({ file: 'camden-complaint', from, to });

const mistakes: Record<string, Mistake> = {
  // How the text is written.
  'a colon in a title': camden('title: With the chair', 'title: Stage one: the chair'),
  'a colon in a title between braces': camden('{ title: Upheld,', '{ title: Stage two: upheld,'),
  'an apostrophe between single quotation marks': camden('title: With the chair', "title: 'With the child's chair'"),
  'a quotation mark that is not closed': camden('title: With the chair', 'title: "With the chair'),
  'words after the closing quotation mark': camden('title: With the chair', 'title: "With" the chair'),
  'a tab at the beginning of a line': camden('    title: With the chair', '\ttitle: With the chair'),
  'a line that is not as far in as its neighbours': camden('    button: Refer', '   button: Refer'),
  'a name without a space after its colon': camden('    button: Refer', '    button:Refer'),
  'a name without a colon': camden('    button: Refer', '    button Refer'),
  'the same stage twice': camden('  review:\n    kind: decide', '  decide:\n    kind: decide'),
  'a bracket that is not closed': camden('links: [thresholds, escalation-policy]', 'links: [thresholds, escalation-policy'),
  'a text that begins with a bracket': camden('title: With the chair', 'title: [Draft] With the chair'),
  'a text that begins with a star': camden('title: With the chair', 'title: *With the chair'),
  'a text that begins with an at sign': camden('title: With the chair', 'title: @chair'),
  'two procedures in one file': camden('words:', '---\nwords:'),
  'an empty file': camden(/[\s\S]*/, ''),
  // The head of the file.
  'no effective day': camden('effective: 2025-01-01\n', ''),
  'a day written as people write it': camden('effective: 2025-01-01', 'effective: 1 January 2025'),
  'a day that does not exist': camden('effective: 2025-01-01', 'effective: 2025-02-30'),
  'a prefix in small letters': camden('prefix: DIS', 'prefix: dis'),
  'a prefix with a number': camden('prefix: DIS', 'prefix: DIS2'),
  'a version with a point': camden('version: 1', 'version: 1.5'),
  'an id with spaces': camden('id: camden-dissent', 'id: Camden dissent'),
  'a setting misspelt': camden('calendar: england-and-wales', 'calender: england-and-wales'),
  'a calendar that is not there': camden('calendar: england-and-wales', 'calendar: england'),
  'no words for the meeting': camden('  meeting: conference\n', ''),
  'a title that is too long': camden('title: With the chair', `title: ${'With the chair, and '.repeat(8)}so on`),
  'staff who log, and nobody who complains': complaint(/complainants:[\s\S]*?\n\nroles/, '\nroles'),
  'no grounds': camden(/grounds:[\s\S]*?\n\nlinks/, 'grounds: {}\n\nlinks'),
  'grounds that are all sent elsewhere': camden(/grounds:[\s\S]*?( {2}process:[\s\S]*?\n\nlinks)/, 'grounds:\n$1'),
  'a role called chair': camden(/head-of-service/g, 'chair'),
  'a role that has nothing to do': camden('roles:\n', 'roles:\n  legal-adviser: { title: Legal adviser, source: C1 }\n'),
  'an escalation after an outcome that is not there': camden('decide.not_upheld,', 'decide.not-upheld,'),
  'an escalation without its stage': camden('decide.not_upheld,', 'not_upheld,'),
  // Stages and where they lead.
  'a first stage that is not there': camden('start: record', 'start: recrod'),
  'a stage that is not there': camden('next: review, source', 'next: revew, source'),
  'a stage that nothing leads to': camden('{ title: Upheld, next: review,', '{ title: Upheld, next: conclude,'),
  'a stage that leads back': camden('{ title: Do not reconvene, next: conclude,', '{ title: Do not reconvene, next: decide,'),
  'a kind of stage that is not known': camden('kind: record', 'kind: recording'),
  'a stage without a kind': camden('    kind: record\n', ''),
  'a stage with a word of another kind': camden('    by: service-manager\n', '    by: service-manager\n    button: Decide\n'),
  'a decision without outcomes': camden(/outcomes:\n {6}upheld:[\s\S]*?\n {2}review/, 'outcomes: {}\n\n  review'),
  'a decision with a next of its own': camden('    ask: [dissenter, chair]', '    next: review\n    ask: [dissenter, chair]'),
  'something after the end': camden('    title: To tell and to file\n', '    title: To tell and to file\n    next: review\n'),
  'a role misspelt': camden('    by: service-manager', '    by: servce-manager'),
  'outcomes for one kind of meeting alone': scottish(/(keep|new_meeting): \{ title: ([^,]*),/g, '$1: { title: $2, only: [cppm],'),
  'a kind of meeting that is not there': scottish('only: [cppm], source: S7', 'only: [cpm], source: S7'),
  'one meeting where a list is wanted': scottish('only: [cppm], source: S7', 'only: cppm, source: S7'),
  'a question that closes and is not asked': scottish('question: resolved', 'question: resolvd'),
  'a question under a name that is taken': scottish('      account:', '      agencies:'),
  'a yes without quotation marks that is no yes': scottish('answer: "yes"', 'answer: true'),
  // Time.
  'a rule number without quotation marks': camden('source: C16', 'source: 2.1'),
  'a number of days in quotation marks': camden('within: 10', 'within: "10"'),
  'a unit that is not known': camden('within: 10, from', 'within: 10, unit: days, from'),
  'days counted from a word that is nothing': camden('from: conference, source: C16', 'from: confrence, source: C16'),
  'days counted from a later stage': camden('from: conference, source: C16', 'from: review, source: C16'),
  'days counted from a stage that some cases do not pass': camden(
    '    title: To tell and to file\n',
    '    title: To tell and to file\n    target: { within: 5, from: review, source: C1 }\n',
  ),
  'a target after its limit': camden('target: { within: 15, from: decide', 'target: { within: 20, from: review'),
  'an answer that is wanted from another day': camden('askTarget: { within: 3, from: asked', 'askTarget: { within: 3, from: conference'),
  'an hour without a minute': camden('from: "09:30"', 'from: "9.30"'),
  'hours too short for the meeting': camden('to: "16:30"', 'to: "11:00"'),
  // Whom it reaches.
  'the agency told where none dissents': complaint(
    'tell: { who: [chair, decider, parents]',
    'tell: { who: [agency, chair, decider, parents]',
  ),
  'somebody told twice': camden('who: [agency, chair, parents], source: C22', 'who: [agency, chair, chair], source: C22'),
  'whoever decides next told where nobody does': camden(
    'who: [agency, chair, parents], source: C22 }\n    outcomes:\n      reconvene',
    'who: [decider], source: C22 }\n    outcomes:\n      reconvene',
  ),
  'a question to the dissenter where there is none': complaint('ask: [chair]', 'ask: [dissenter, chair]'),
  'a letter to agencies that nobody lists': complaint(
    '    ask: [chair]',
    '    letter: { title: Letter, to: agencies, source: P8 }\n    ask: [chair]',
  ),
  'no stage at which the chair records': camden(
    /start: record\nstages:\n {2}record:[\s\S]*?\n\n {2}decide/,
    'start: decide\nstages:\n  decide',
  ),
};

const calendars = ['england-and-wales', 'scotland'].map((id) => ({
  file: `${id}.yaml`,
  text: readFileSync(`procedures/calendars/${id}.yaml`, 'utf8'),
}));

/** The mistakes with what the check says of each, as a page for whoever writes procedures. */
export function mistakesPage(): string {
  const said = Object.entries(mistakes).map(([name, { file, from, to }]) => {
    const text = readFileSync(`procedures/${file}.1.yaml`, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to change: ${name}`);
    const { findings } = examine({ file, text: changed }, calendars);
    return `## ${name}\n\n\`\`\`text\n${findings.map(sayFinding).join('\n')}\n\`\`\`\n`;
  });
  return `# Mistakes in a procedure, and what the check says of them\n\n${said.join('\n')}`;
}
