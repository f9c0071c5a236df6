import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { openPartnership, type Partnership } from './partnership.ts';

/** A partnership that is not ours, added by two files: its procedure beside the others, and itself in the directory. */

const sutton = {
  name: 'Sutton Safeguarding Children Partnership (invented people)',
  procedures: ['sutton-dissent'],
  mailbox: 'conferences@sutton.example',
  contact: ['partnership@sutton.example'],
  roles: { 'agency-lead': { holder: 'sutton-lead' }, 'senior-chair': { holder: 'sutton-senior-chair' } },
  links: {},
  agencies: {
    health: { name: 'Sutton Health', kind: 'statutory', lead: 'sutton-health-lead' },
    school: { name: 'Sutton School', kind: 'statutory', lead: 'sutton-school-lead' },
  },
};
const cast: [id: string, role: string, rest: object][] = [
  ['sutton-nurse', 'School nurse', { agency: 'health' }],
  ['sutton-chair', 'Conference chair', { chairs: true }],
  ['sutton-health-lead', 'Named nurse', { agency: 'health' }],
  ['sutton-school-lead', 'Deputy head', { agency: 'school' }],
  ['sutton-lead', 'Designated doctor', {}],
  ['sutton-senior-chair', 'Senior conference chair', {}],
  ['sutton-administrator', 'Administrator', { administrates: true }],
];
const people = cast.map(([id, role, rest], index) => ({
  id,
  name: `Invented ${role}`,
  role,
  partnership: 'sutton',
  aadObjectId: `5a77bb00-0000-4000-8000-00000000000${index}`,
  email: `${id}@sutton.example`,
  ...rest,
}));

let files: string;
let partnership: Partnership;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'sutton-'));
  const proceduresDirectory = join(files, 'procedures');
  cpSync('procedures', proceduresDirectory, { recursive: true });
  copyFileSync('test/procedures/partnerships/sutton.yaml', join(proceduresDirectory, 'sutton-dissent.1.yaml'));
  const directory = parse(readFileSync('src/sandbox/partnerships.yaml', 'utf8')) as { partnerships: object; people: object[] };
  const directoryFile = join(files, 'directory.yaml');
  writeFileSync(
    directoryFile,
    stringify({ partnerships: { ...directory.partnerships, sutton }, people: [...directory.people, ...people] }),
  );
  partnership = await openPartnership('2027-01-12T15:00:00Z', { files: { proceduresDirectory, directoryFile } });
});
afterAll(async () => {
  await partnership.close();
  rmSync(files, { recursive: true, force: true });
});

const dissent = (level: string) => ({
  meeting: 'initial',
  date: '2027-01-12',
  chair: 'sutton-chair',
  children: 'CH-7001',
  grounds: 'plan',
  reasons: 'The plan does not say who visits.',
  level,
});

test('Part C X2 X3 X9: in Sutton the agency lead agrees first, then the senior chair reviews without a time limit', async () => {
  const { says, presses, pressesVerb, reads, buttons, describe, fillsIn } = partnership;
  expect(await says('sutton-nurse', 'raise dissent').then(() => reads('sutton-nurse'))).toContain('What is to be done with your dissent?');
  const { level: _, ...unsaid } = dissent('review');
  expect(await presses('sutton-nurse', 'Send to the chair', unsaid)).toContain('Choose what is to be done with your dissent.');
  expect(await presses('sutton-nurse', 'Send to the chair', dissent('review'))).toContain('SUT-27-001');

  expect(await presses('sutton-chair', 'Record')).toContain('Refer to the Designated lead of the agency');
  await pressesVerb('sutton-chair', 'refer', { account: 'The nurse said "I dissent".' });
  const asked = await reads('sutton-health-lead');
  for (const said of ['For the Designated lead of the agency to decide', 'The plan does not say who visits.', 'For review'])
    expect(asked).toContain(said);
  for (const other of ['sutton-school-lead', 'sutton-lead', 'sutton-senior-chair'])
    expect(await buttons(other)).not.toContain('The agency agrees');

  await fillsIn('sutton-health-lead', 'SUT-27-001', 'The agency agrees', { reasons: 'We read it together.' });
  expect(await describe('SUT-27-001')).toMatchObject({ stage: 'review', outcomes: { agree: 'agreed' }, timeLimits: [] });
  expect(await reads('sutton-senior-chair')).toContain('There is no time limit for the decision');
  await fillsIn('sutton-senior-chair', 'SUT-27-001', 'The decision is kept', { reasons: 'The plan names the visitor on page two.' });
  expect(await describe('SUT-27-001')).toMatchObject({ stage: 'conclude', outcomes: { agree: 'agreed', review: 'kept' } });
  expect(await reads('sutton-nurse')).toContain('The plan names the visitor on page two.');
});

test('Part C: a dissent for the record only is recorded, says so on every card, and asks nobody to decide', async () => {
  const { says, presses, pressesVerb, reads, readsOf, cardsAbout, describe } = partnership;
  await says('sutton-nurse', 'raise dissent');
  expect(await presses('sutton-nurse', 'Send to the chair', dissent('record_only'))).toContain('SUT-27-002');
  expect(await readsOf('sutton-chair', 'SUT-27-002')).toContain('For the record only');
  const form = await presses('sutton-chair', 'Record');
  expect(form).not.toContain('Refer');
  await pressesVerb('sutton-chair', 'refer', { account: 'Said and written down.' });
  expect(await describe('SUT-27-002')).toMatchObject({ stage: 'conclude', outcomes: {} });
  expect(await reads('sutton-nurse')).toContain('For the record only');
  const offered = (await cardsAbout('sutton-health-lead', 'SUT-27-002')).flatMap(({ actions }) => actions.map(({ verb }) => verb));
  expect(offered.filter((verb) => verb.startsWith('decide:'))).toEqual([]);
});
