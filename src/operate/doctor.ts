import { OutsideFault } from '../app/faults.ts';
import type { Finding, Found } from '../app/health.ts';

/** One thing that has to be right, by the name that its line begins with. A look changes nothing that stays, and sends nobody anything. */
export type Look = { name: string; at(): Promise<Found | Found[]> };

export const well = (says: string): Found => ({ state: 'well', says });
export const warning = (says: string, cure: string): Found => ({ state: 'warning', says, cure });
export const fault = (says: string, cure: string): Found => ({ state: 'fault', says, cure });

/** Looks at everything at once (OP1); the lines stand in the order of the looks. What a look throws is its fault, and stops no other. */
export async function examine(looks: Look[]): Promise<Finding[]> {
  const found = await Promise.all(
    looks.map(async ({ name, at }) => [await at().catch(thrown)].flat().map((each) => ({ ...each, look: name }))),
  );
  return found.flat();
}

function thrown(cause: unknown): Found {
  if (cause instanceof OutsideFault) return fault(`${cause.message}.`, cause.check);
  return fault(
    `It could not be looked at (${codeOf(cause)}).`,
    'Check the way to it: its address, the name service, the firewall and the certificates that this machine trusts.',
  );
}

/** The system's own word for what went wrong, which names no person. */
export function codeOf(cause: unknown): string {
  for (let each = cause; Error.isError(each); each = each.cause) {
    const { code, name } = each as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    if (name === 'TimeoutError') return name;
  }
  return Error.isError(cause) ? cause.name : String(cause);
}

/** A finding as it is printed, with its cure in a line of its own. */
export function lineOf(finding: Finding): string {
  const words = { well: 'well   ', warning: 'WARNING', fault: 'FAULT  ' }[finding.state];
  return [`${words}  ${finding.look}: ${finding.says}`, ...(finding.state === 'well' ? [] : [`         ${finding.cure}`])].join('\n');
}
