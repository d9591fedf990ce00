import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Version 2.7.0 of the description that RvIG publishes on developer.rvig.nl under the EUPL-1.2, but for its formatting. */
const FILE = new URL('./personen-openapi.json', import.meta.url);
const SCHEMAS = '#/components/schemas/';

interface Schema {
  [keyword: string]: unknown;
  type?: string;
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

/** The published description of the API: validators, and the fields of its persons. */
export interface ApiDescription {
  /** The paths below a schema that may be asked for: all but what is delivered unasked. */
  paths(schema: string): Set<string>;
  /** What of an answer does not keep to the schema of that name. */
  errors(schema: string, body: unknown): ErrorObject[];
  /** What of an error does not have the shape of `BadRequestFoutbericht`. */
  problemErrors(body: unknown): ErrorObject[];
}

/**
 * Reads the description.
 *
 * The validators are stricter than it is, so that a surplus or misspelt field shows: nothing but described properties is
 * allowed, and a discriminator chooses the schema. For errors, patterns and formats are left out: the real texts of the
 * API (`fields[0]`, `^[0-9]{9}$`, a relative instance) do not keep to those of its own description.
 */
export function apiDescription(): ApiDescription {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };
  const { schemas } = document.components;
  const strict = validatorsOf(schemas, []);
  const shape = validatorsOf(schemas, ['pattern', 'format']);
  return {
    paths: (schema) => new Set(pathsBelow({ $ref: schema }, schemas).filter((path) => !UNASKED.test(path))),
    errors: (schema, body) => errorsOf(strict(schema), body),
    problemErrors: (body) => errorsOf(shape('BadRequestFoutbericht'), body),
  };
}

const UNASKED = /^(geheimhoudingPersoonsgegevens|opschortingBijhouding|rni|verificatie)(\.|$)/;

function pathsBelow(schema: Schema, schemas: Record<string, Schema>): string[] {
  return propertiesOf(schema, schemas, false)
    .filter(([property]) => property !== 'inOnderzoek')
    .flatMap(([property, below]) => [
      property,
      ...pathsBelow(below, schemas).map((path) => `${property}.${path}`),
    ]);
}

/** The properties of a schema, of what it extends, and of the schemas that its discriminator chooses from. */
function propertiesOf(
  schema: Schema,
  schemas: Record<string, Schema>,
  extended: boolean,
): [string, Schema][] {
  if (schema.items) return propertiesOf(schema.items, schemas, extended);
  if (schema.$ref) return propertiesOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, extended);
  const choices = extended
    ? []
    : Object.values(schema.discriminator?.mapping ?? {}).map(($ref) => ({ $ref }));
  return [
    ...Object.entries(schema.properties ?? {}),
    ...[...(schema.allOf ?? []), ...choices].flatMap((part) => propertiesOf(part, schemas, true)),
  ];
}

const errorsOf = (validate: ValidateFunction, body: unknown): ErrorObject[] =>
  validate(body) ? [] : (validate.errors ?? []);

/** Every schema twice: open, for the ones that extend it by `allOf`, and closed, for what a property refers to. */
function validatorsOf(
  schemas: Record<string, Schema>,
  ignored: readonly string[],
): (name: string) => ValidateFunction {
  // the patterns escape characters that the `u` flag forbids to escape
  const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const both = Object.entries(schemas).flatMap(([name, schema]) => [
    [`${name}.open`, referring(schema, ignored, false)],
    [name, closed(name, schema)],
  ]);
  ajv.addSchema({ $id: 'api', components: { schemas: Object.fromEntries(both) as object } });
  return (name) => ajv.compile({ $ref: `api${SCHEMAS}${name}` });
}

function closed(name: string, { type, allOf, discriminator }: Schema): Schema {
  if (!discriminator) {
    return {
      $ref: `${SCHEMAS}${name}.open`,
      ...(type === 'object' || allOf ? { unevaluatedProperties: false } : {}),
    };
  }
  const { propertyName, mapping } = discriminator;
  return {
    oneOf: Object.entries(mapping).map(([value, reference]) => ({
      $ref: `${reference}.open`,
      required: [propertyName],
      properties: { [propertyName]: { const: value } },
      unevaluatedProperties: false,
    })),
  };
}

/** The schema with its references turned to the open ones within `allOf`, to the closed ones elsewhere. */
function referring(schema: unknown, ignored: readonly string[], extending: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((part) => referring(part, ignored, extending));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => keyword !== 'discriminator' && !ignored.includes(keyword))
      .map(([keyword, part]: [string, unknown]) => [
        keyword,
        keyword === '$ref'
          ? `${String(part)}${extending ? '.open' : ''}`
          : referring(part, ignored, keyword === 'allOf'),
      ]),
  );
}
