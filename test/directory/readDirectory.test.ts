import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { faultsBetween, warningsAbout } from '../../src/directory/crossChecks.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { FileFaults } from '../../src/procedures/dataFile.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';

const SANDBOX = readFileSync('src/sandbox/partnerships.yaml', 'utf8');
const library = loadLibrary('procedures');
const never = (faults: readonly string[]) => {
  throw new Error(faults.join('\n'));
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directory-'));
  file = join(folder, 'partnerships.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The sandbox's directory with something changed in its text. */
function changed(from: string | RegExp, to: string): string {
  const text = SANDBOX.replace(from, to);
  if (text === SANDBOX) throw new Error(`nothing to change: ${from}`);
  return text;
}

function faultsOf(text: string, check?: (directory: Directory) => string[]): string[] {
  writeFileSync(file, text);
  try {
    readDirectory(file, { onFaults: never, ...(check ? { check } : {}) });
  } catch (fault) {
    if (!(fault instanceof FileFaults)) throw fault;
    return fault.faults.map((each) => each.replace(file, 'partnerships.yaml'));
  }
  return [];
}

describe("the sandbox's directory", () => {
  const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: never })();

  test('is sound, agrees with the procedures and gives no cause for a warning', () => {
    expect(faultsBetween(directory, library)).toEqual([]);
    expect(warningsAbout(directory, library.procedures)).toEqual([]);
  });

  test.each([
    'health-visitor community-paediatrician family-worker midwife drug-and-alcohol-worker probation-officer gp camhs-practitioner police-officer teacher social-worker',
    'chair second-chair service-manager service-manager-deputy service-manager-alternate head-of-service head-of-service-deputy head-of-service-alternate',
    'administrator second-administrator independent-professional',
  ])('has those whom the scenarios name: %s', (ids) => {
    const people = directory.people.map(({ id }) => id);
    for (const id of ids.split(' ')) expect(people).toContain(id);
  });

  test('C2, Scenario 10: one professional has no agency; the Service Manager manages one who may dissent', () => {
    expect(directory.people.filter(({ agency }) => agency === undefined).map(({ id }) => id)).toEqual(['independent-professional']);
    expect(directory.people.find(({ id }) => id === 'drug-and-alcohol-worker')?.manager).toBe('service-manager');
    expect(directory.people.find(({ id }) => id === 'probation-officer')?.manager).not.toBe('service-manager');
  });
});

describe('a faulty directory file is refused with every fault by file and path', () => {
  test('faults of people and of partnerships, all at once', () => {
    const text = changed('holder: service-manager', 'holder: nobody-here')
      .replace('lead: police-lead', 'lead: nobody')
      .replace('agency: hospital', 'agency: hospitl');
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(/^partnerships\.yaml: people\[3\]\.agency: there is no agency "hospitl"$/),
      'partnerships.yaml: partnerships.camden.roles.service-manager.holder: nobody in "people" has the id "nobody-here"',
      'partnerships.yaml: partnerships.camden.agencies.police.lead: nobody in "people" has the id "nobody"',
    ]);
  });

  test('what is of the wrong form is named without being repeated, since it may be about a person', () => {
    const faults = faultsOf(
      changed('email: amara.larkspur@hawthorn-vale.example', 'email: Amara Larkspur').replace(
        'https://camden.example/thresholds',
        'http://camden.example/thresholds',
      ),
    );
    expect(faults).toEqual([
      'partnerships.yaml: partnerships.camden.links.thresholds.url: should be a web address that begins with https://',
      'partnerships.yaml: people[0].email: should be an e-mail address',
    ]);
  });

  test('Q27: a deputy whose dates are the wrong way round', () => {
    expect(faultsOf(changed('from: 2027-12-20, to: 2028-01-07', 'from: 2028-12-20, to: 2028-01-07'))).toEqual([
      'partnerships.yaml: partnerships.camden.roles.service-manager.deputies[0].to: 2028-01-07 is before 2028-12-20',
    ]);
  });

  test('C26: an alternate who is the holder', () => {
    expect(faultsOf(changed('alternate: head-of-service-alternate', 'alternate: head-of-service'))).toEqual([
      'partnerships.yaml: partnerships.camden.roles.head-of-service.alternate: is the holder, who cannot stand in for themselves',
    ]);
  });

  test('a file that is not there', () => {
    expect(() => readDirectory(file, { onFaults: never })).toThrow(/cannot be read: it is not there/);
  });
});

describe('what directory and procedures have to agree on', () => {
  const agree = (directory: Directory) => faultsBetween(directory, library);

  test('a procedure that is not there', () => {
    expect(faultsOf(changed('[camden-dissent, camden-complaint]', '[camden-dissent, carm]'), agree)).toEqual([
      'partnerships.yaml: partnerships.camden.procedures[1]: there is no procedure "carm"; there are: camden-complaint, camden-dissent, scottish-dissent',
    ]);
  });

  test("Q25: a council's own calendar that is not there", () => {
    expect(
      faultsOf(
        changed('procedures: [camden-dissent, camden-complaint]', 'procedures: [camden-dissent, camden-complaint]\n    calendar: moon'),
        agree,
      ),
    ).toEqual(['partnerships.yaml: partnerships.camden.calendar: there is no calendar "moon"; there are: england-and-wales, scotland']);
  });

  test('C4, P12: a role that nobody holds and links that lead nowhere', () => {
    const text = changed(/\n {6}head-of-service:\n( {8}.*\n)+/, '\n')
      .replace('escalation-policy: {', 'policy: {')
      .replace('thresholds: {', 'threshold: {');
    expect(faultsOf(text, agree)).toEqual([
      'partnerships.yaml: partnerships.camden.roles: nobody holds "head-of-service", which procedure camden-dissent version 1 names',
      'partnerships.yaml: partnerships.camden.links: there is no link "thresholds", which procedure camden-dissent version 1 names',
      'partnerships.yaml: partnerships.camden.links: there is no link "escalation-policy", which procedure camden-dissent version 1 names',
      'partnerships.yaml: partnerships.camden.roles: nobody holds "head-of-service", which procedure camden-dissent version 2 names',
      'partnerships.yaml: partnerships.camden.links: there is no link "thresholds", which procedure camden-dissent version 2 names',
      'partnerships.yaml: partnerships.camden.links: there is no link "escalation-policy", which procedure camden-dissent version 2 names',
    ]);
  });
});

describe('warnings, which are no bar', () => {
  test('C24, C26, P13, LE1: no alternate, no representative, nobody who chairs or books, no address, telephone or contact', () => {
    const text = changed('        alternate: service-manager-alternate\n', '')
      .replace(', representative: camhs-representative', '')
      .replaceAll(/(partnership: camden\n(?: {4}(?!chairs).*\n)*?) {4}(chairs|administrates): true\n/g, '$1')
      .replace('    address: [Lantern House, 12 Example Street, London NW0 0AA]\n    phone: 020 7946 0412\n', '')
      .replace('contact: [partnership@camden.example]', 'contact: []');
    writeFileSync(file, text);
    expect(warningsAbout(readDirectory(file, { onFaults: never })())).toEqual([
      expect.stringMatching(/^partnerships\.camden\.roles\.service-manager: has no alternate.*C26/),
      expect.stringMatching(/^partnerships\.camden\.agencies\.camhs: has no representative.*C24/),
      expect.stringMatching(/^people: nobody of "camden" chairs/),
      expect.stringMatching(/^people: nobody of "camden" is an administrator/),
      expect.stringMatching(/^partnerships\.camden\.address: is empty.*LE1/),
      expect.stringMatching(/^partnerships\.camden\.phone: is not set.*LE1/),
      expect.stringMatching(/^partnerships\.camden\.contact: is empty.*P13/),
    ]);
  });
});

test('P10: a link that cards would only show is a warning where it is not set, and no fault', () => {
  writeFileSync(file, changed('complaints-procedure: {', 'complaints: {'));
  const directory = readDirectory(file, { onFaults: never })();
  expect(faultsBetween(directory, library)).toEqual([]);
  expect(warningsAbout(directory, library.procedures)).toEqual([
    'partnerships.camden.links: there is no link "complaints-procedure", so cards cannot show where to read more (P10)',
  ]);
});

describe('the file as it is now', () => {
  const nameOf = (directory: Directory) => directory.people.find(({ id }) => id === 'gp')?.name;
  const renamed = changed('Soo-ah Merriweather', 'Somebody Else');

  test('a change is seen at the next look, whether the file was written over or replaced', () => {
    writeFileSync(file, SANDBOX);
    const look = readDirectory(file, { onFaults: never });
    expect(nameOf(look())).toBe('Soo-ah Merriweather');
    writeFileSync(file, renamed);
    expect(nameOf(look())).toBe('Somebody Else');
    writeFileSync(`${file}.new`, SANDBOX);
    renameSync(`${file}.new`, file);
    expect(nameOf(look())).toBe('Soo-ah Merriweather');
  });

  test('an unchanged file is not read again', () => {
    writeFileSync(file, SANDBOX);
    const look = readDirectory(file, { onFaults: never });
    expect(look()).toBe(look());
  });

  test.each([
    ['of the wrong form', 'people: []\n', 'partnerships: is missing'],
    ['half written', '"part', 'line 1: '],
    ['at odds with the procedures', changed('[camden-dissent, camden-complaint]', '[carm]'), 'there is no procedure "carm"'],
  ])('a changed file that is %s is reported once, and the last good one stays in use', (_, text, fault) => {
    writeFileSync(file, SANDBOX);
    const reported: string[][] = [];
    const look = readDirectory(file, {
      check: (directory) => faultsBetween(directory, library),
      onFaults: (faults) => reported.push([...faults]),
    });
    writeFileSync(file, text);
    expect([look(), look()].map(nameOf)).toEqual(['Soo-ah Merriweather', 'Soo-ah Merriweather']);
    expect(reported).toEqual([[expect.stringContaining(fault)]]);
    writeFileSync(file, renamed);
    expect(nameOf(look())).toBe('Somebody Else');
  });

  test('a file that has gone is reported once, and the last good one stays in use until it is back', () => {
    writeFileSync(file, SANDBOX);
    const reported: string[][] = [];
    const look = readDirectory(file, { onFaults: (faults) => reported.push([...faults]) });
    rmSync(file);
    expect([look(), look()].map(nameOf)).toEqual(['Soo-ah Merriweather', 'Soo-ah Merriweather']);
    expect(reported).toEqual([[expect.stringContaining('cannot be read')]]);
    writeFileSync(file, renamed);
    expect(nameOf(look())).toBe('Somebody Else');
  });
});
