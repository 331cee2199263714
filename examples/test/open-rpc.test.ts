// docs/rpc.openrpc.json against what OpenRPC and JSON Schema say of such documents.
import { readFileSync } from 'node:fs';
import metaSchema from '@open-rpc/meta-schema';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

interface OpenRpc {
  readonly methods: readonly {
    readonly name: string;
    readonly params: readonly { readonly name: string; readonly schema: object }[];
    readonly result: { readonly schema: object };
  }[];
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const file = new URL('../../docs/rpc.openrpc.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as OpenRpc;

test('is a document as the meta schema of OpenRPC describes it', () => {
  // Strict mode would refuse the meta schema itself, whose dialect it does not know.
  const ajv = new Ajv({ strict: false, validateSchema: false });
  const { $schema: _, ...schema } = metaSchema as object & { $schema?: string };
  // What it takes from the schema of JSON Schema, under both names it uses; schemas are looked at in the next test.
  for (const $id of ['https://meta.json-schema.tools', 'https://meta.json-schema.tools/']) {
    ajv.addSchema({
      $id,
      type: ['object', 'boolean'],
      definitions: { JSONSchemaObject: { properties: { $ref: { type: 'string' } } } },
    });
  }
  const validate = ajv.compile(schema);
  validate(document);
  expect(validate.errors).toBeNull();
  validate({ ...document, methods: [{ name: 'without parameters' }] });
  expect(validate.errors).not.toBeNull();
});

test('holds schemas that compile, whose references lead somewhere, and that tell right from wrong', () => {
  const ajv = new Ajv({ strict: true, strictRequired: false });
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'gravy', components: document.components }, 'gravy');
  const compile = (schema: object) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"gravy#/')) as object);
  const results = new Map(
    document.methods.map(({ name, params, result }) => {
      for (const parameter of params) compile(parameter.schema);
      return [name, compile(result.schema)] as const;
    }),
  );
  const isSession = results.get('session.connect');
  expect(isSession?.({ session: 'a', contact: 'b' })).toBe(true);
  expect(isSession?.({ session: 'a' })).toBe(false);
});
