import * as z from 'zod';
import { ERRORS } from '../errors.js';
import { EVENTS } from './events.js';
import { METHODS } from './methods.js';

/** The reference of the API as Markdown, made from the schemas, so that it cannot be wrong. */
export function rpcReference(): string {
  return [
    '# JSON-RPC reference',
    '',
    '<!-- Generated from packages/messenger/src/api. Do not edit: run `pnpm rpc-reference`. -->',
    '',
    'JSON-RPC 2.0 over stdio (`gravy rpc`): one JSON object per line, ended by LF and nothing else.',
    'Batches and notifications work. Times are Unix milliseconds. Contacts are `gravy1...` ids; where a',
    'method takes `contact`, the name of a contact will do. Ids of messages and sessions are opaque.',
    'A parameter that is not listed is an error (-32602, with its `path` in `data`). Events are',
    'notifications; over stdio they flow from the start.',
    '',
    'The same as an OpenRPC document: [rpc.openrpc.json](rpc.openrpc.json).',
    '',
    '## Methods',
    '',
    ...Object.entries(METHODS).flatMap(([name, { summary, params, result }]) => [
      `### \`${name}\``,
      '',
      summary,
      '',
      `- Parameters: ${shape(params, 'input')}`,
      `- Result: ${shape(result, 'output')}`,
      '',
    ]),
    '## Events',
    '',
    ...Object.entries(EVENTS).map(([name, params]) => `- \`${name}\` ${shape(params, 'output')}`),
    '',
    '## Errors',
    '',
    'Code -32000, with one of these in `data.code`:',
    '',
    '| code | when | what helps |',
    '| --- | --- | --- |',
    ...Object.entries(ERRORS).map(
      ([code, { when, remedy }]) => `| \`${code}\` | ${when} | ${remedy} |`,
    ),
    '',
  ].join('\n');
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}

function shape(schema: z.ZodType, io: 'input' | 'output'): string {
  return `\`${describe(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema)}\``;
}

function describe(schema: JsonSchema): string {
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return `[${describe(schema.items ?? {})}]`;
  if (schema.type !== 'object') return schema.type ?? 'any';
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = (schema.required ?? []).includes(name) ? '' : '?';
    const fallback = field.default === undefined ? '' : ` = ${JSON.stringify(field.default)}`;
    return `${name}${optional}: ${describe(field)}${fallback}`;
  });
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
