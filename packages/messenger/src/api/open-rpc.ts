// The API as an OpenRPC document (spec.open-rpc.org, version 1.3): for generators of clients and for tools that show it.
import { z } from 'zod';
import { ERRORS } from '../errors.js';
import { EVENTS } from './events.js';
import { METHODS } from './methods.js';
import * as schemas from './schemas.js';

interface JsonSchema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** What stands in several methods has a name of its own. */
const NAMED = z.registry<{ id: string }>();
NAMED.add(schemas.messageSchema, { id: 'Message' });
NAMED.add(schemas.fileSchema, { id: 'File' });
NAMED.add(schemas.contactSchema, { id: 'Contact' });
NAMED.add(schemas.sessionSchema, { id: 'Session' });
NAMED.add(schemas.inviteSchema, { id: 'Invite' });
NAMED.add(schemas.requestSchema, { id: 'Request' });
NAMED.add(schemas.settingsSchema, { id: 'Settings' });

/** The document, as a value for `JSON.stringify`. Events, which OpenRPC has no word for, are its extension `x-events`. */
export function openRpcDocument(): object {
  const components: Record<string, JsonSchema> = {};
  const convert = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const options = { io, target: 'draft-07', metadata: NAMED, unrepresentable: 'any' } as const;
    const made = z.toJSONSchema(schema, options) as JsonSchema;
    const { $schema: _, definitions = {}, ...own } = relink(made);
    Object.assign(components, definitions);
    return own;
  };
  const parametersOf = (schema: z.ZodType, io: 'input' | 'output'): readonly object[] => {
    const { properties = {}, required = [] } = convert(schema, io);
    return Object.entries(properties).map(([name, property]) => ({
      name,
      required: required.includes(name),
      schema: property,
    }));
  };
  const methods = Object.entries(METHODS).map(([name, { summary, params, result }]) => ({
    name,
    summary,
    paramStructure: 'by-name',
    params: parametersOf(params, 'input'),
    result: { name: 'result', schema: convert(result, 'output') },
  }));
  const events = Object.entries(EVENTS).map(([name, params]) => ({
    name,
    params: parametersOf(params, 'output'),
  }));
  return {
    openrpc: '1.3.2',
    // Of the API, not of the package: what is there keeps its name, so it seldom changes.
    info: { title: 'Gravy', version: '1', license: { name: 'MIT' } },
    methods,
    components: { schemas: components, errors: errors() },
    'x-events': events,
  };
}

/** Application errors share one number; `data.code` says which it is. */
function errors(): object {
  const entries = Object.entries(ERRORS).map(([code, { when, remedy }]) => [
    code,
    { code: -32_000, message: `${when}; what helps: ${remedy}`, data: { code } },
  ]);
  return Object.fromEntries(entries);
}

/** Names are looked up among the components of the whole document. */
function relink(schema: JsonSchema): JsonSchema & { readonly definitions?: object } {
  const text = JSON.stringify(schema).replaceAll('"#/definitions/', '"#/components/schemas/');
  return JSON.parse(text) as JsonSchema;
}
