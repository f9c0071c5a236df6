import { readFileSync } from 'node:fs';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { readCalendars } from '../../src/procedures/calendars.ts';

/** The calendars that the scenarios speak of, by the names they give them: the published ones and some invented councils'. */
const FIXTURES = {
  SCTW: `
id: sctw
title: A Scottish council that keeps Easter Monday and works on St Andrew's Day and the first Monday in August
base: scotland
add:
  2026-04-06: Easter Monday
  2027-03-29: Easter Monday
  2028-04-17: Easter Monday
remove: [2026-08-03, 2026-11-30, 2027-08-02, 2027-11-30, 2028-08-07, 2028-11-30]
`,
  WEEKENDS: `
id: weekends
title: No holidays at all
coveredUntil: 2028-12-31
`,
  ENGSHUT: `
id: engshut
title: An English council that closes between Christmas and New Year
base: england-and-wales
add:
  2026-12-29: Council closed
  2026-12-30: Council closed
  2026-12-31: Council closed
  2027-12-29: Council closed
  2027-12-30: Council closed
  2027-12-31: Council closed
`,
};

const published = ['england-and-wales', 'scotland'].map((id) => {
  const file = `procedures/calendars/${id}.yaml`;
  return { file, text: readFileSync(file, 'utf8') };
});
const faults: string[] = [];
const byId = readCalendars([...published, ...Object.entries(FIXTURES).map(([name, text]) => ({ file: name, text }))], faults);
if (faults.length > 0) throw new Error(faults.join('\n'));

const IDS = { ENG: 'england-and-wales', SCT: 'scotland', SCTW: 'sctw', WEEKENDS: 'weekends', ENGSHUT: 'engshut' };

export const calendars: ReadonlyMap<string, Calendar> = new Map(
  Object.entries(IDS).flatMap(([name, id]) => {
    const calendar = byId.get(id);
    return calendar ? [[name, calendar] as const] : [];
  }),
);
