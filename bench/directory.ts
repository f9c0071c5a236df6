import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** The sandbox's people with more chairs beside them, as a big partnership has; returns the file. */
export function manyChairs(howMany: number): string {
  const { people, ...rest } = parse(readFileSync('src/sandbox/partnerships.yaml', 'utf8')) as { people: object[] };
  const chairs = Array.from({ length: howMany }, (_, number) => ({
    id: `chair-${number}`,
    name: `Invented Chair ${number}`,
    role: 'Conference chair',
    partnership: 'camden',
    aadObjectId: randomUUID(),
    email: `chair-${number}@camden.example`,
    chairs: true,
  }));
  const file = join(tmpdir(), `bench-${randomUUID()}.yaml`);
  writeFileSync(file, stringify({ ...rest, people: [...people, ...chairs] }));
  return file;
}
