import { test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { described } from './descriptions.ts';
import type { Exchange } from './traffic.ts';

type Parameter = { name: string; in: string; required?: boolean };
type Content = Record<string, { schema: object }>;
type Described = {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { $ref?: string; content?: Content }>;
};

type Slice = { paths: Record<string, Record<string, Described>> };
const slice = described('graph/graph-slice.openapi.json') as Slice | null;

/** A test that needs Microsoft's description of Graph, which may not lie beside the project: without it, skipped, which the run says at its end. */
export const contractTest = slice ? test : test.skip;

/**
 * Microsoft's own description of Graph as a judge of traffic: what is wrong with an exchange, in words; nothing if all is well.
 * Null where the description is not there.
 */
export function graphContract(): ((exchange: Exchange) => string[]) | null {
  if (!slice) return null;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(slice, 'graph');
  const compiled = new Map<string, ValidateFunction>();
  const faultsOf = (where: string, pointer: string[], body: unknown): string[] => {
    const reference = `graph#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference });
    compiled.set(reference, validate);
    return validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${where}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  };

  return (exchange) => {
    const template = templateOf(Object.keys(slice.paths), exchange.path);
    const method = exchange.method.toLowerCase();
    const operation = template && slice.paths[template]?.[method];
    if (!template || !operation) return [`${exchange.method} ${exchange.path}: Graph has no such operation`];
    const pointer = ['paths', template, method];

    const faults = queryFaults(operation.parameters ?? [], new URLSearchParams(exchange.query));
    const asked = operation.requestBody?.content['application/json'];
    if (asked && exchange.requestBody !== null)
      faults.push(...faultsOf('request', [...pointer, 'requestBody', 'content', 'application/json', 'schema'], exchange.requestBody));
    else if (operation.requestBody?.required && exchange.requestBody === null) faults.push('request: the body is missing');
    else if (!operation.requestBody && exchange.requestBody !== null) faults.push('request: Graph takes no body here');

    const status = String(exchange.status);
    const response = operation.responses[status];
    if (!response) faults.push(`response: Graph does not answer ${status} here`);
    else if (response.$ref)
      faults.push(
        ...faultsOf('response', ['components', 'responses', 'error', 'content', 'application/json', 'schema'], exchange.responseBody),
      );
    else if (response.content)
      faults.push(
        ...faultsOf('response', [...pointer, 'responses', status, 'content', 'application/json', 'schema'], exchange.responseBody),
      );
    else if (exchange.responseBody !== null) faults.push(`response: ${status} has no body`);
    return faults.map((fault) => `${exchange.method} ${exchange.path} ${fault}`);
  };
}

function queryFaults(parameters: Parameter[], query: URLSearchParams): string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const missing = known.filter(({ name, required }) => required && !query.has(name)).map(({ name }) => `query: ${name} is missing`);
  // $skip and $skiptoken come from a link to the next page, which is Graph's own.
  const names = new Set([...known.map(({ name }) => name), '$skip', '$skiptoken']);
  return [...missing, ...[...query.keys()].filter((name) => !names.has(name)).map((name) => `query: Graph does not know ${name} here`)];
}

/** The template with the most words of its own among those that fit: `/users/delta` before `/users/{userId}`. */
function templateOf(templates: string[], path: string): string | undefined {
  const literals = (template: string) => template.split('/').filter((part) => !part.includes('{')).length;
  const fits = (template: string) =>
    new RegExp(
      `^${template
        .replace(/[.$()]/g, '\\$&')
        .replace(/\{itemPath\}/g, '.+')
        .replace(/\{\w+\}/g, '[^/]+')}$`,
    ).test(path);
  return templates.filter(fits).sort((a, b) => literals(b) - literals(a))[0];
}
