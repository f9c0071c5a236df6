import { z } from 'zod';
import { procedureSchema } from '../domain/procedureFaults.ts';

/**
 * The JSON Schema of a procedure file, for editors that complete and check as one types (PL10): draft 2020-12. A file that changes another
 * may leave out whatever its base says.
 */
export function editorSchema(): object {
  const schema = z.toJSONSchema(procedureSchema, { io: 'input', unrepresentable: 'any' }) as { properties: object; required?: string[] };
  const { properties, required = [], ...rest } = schema;
  const base = {
    type: 'object',
    description: 'The file that this one changes, by its id and version',
    properties: { id: { type: 'string' }, version: { type: 'integer' } },
    required: ['id', 'version'],
    additionalProperties: false,
  };
  const without = { type: 'array', items: { type: 'string' }, description: 'Places of the base that are left out, such as stages.review' };
  return {
    ...rest,
    title: 'A procedure of Conference Dissent',
    properties: { ...properties, base, without },
    if: { required: ['base'] },
    else: { required },
  };
}
