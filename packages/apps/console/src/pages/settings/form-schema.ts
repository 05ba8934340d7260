import type { RJSFSchema } from "@rjsf/utils";

/** Where the default of a setting stands in the schema of a form. */
export const defaultKey = "x-default";

/**
 * The schema of a file, as a form takes it. A default is told and never filled in, so it goes under a
 * key that the form's library does not know. What can have one value only and is optional is left out:
 * there is nothing to choose. Variants are called by the
 * value that only they have.
 */
export function formSchemaOf(schema: Readonly<Record<string, unknown>>): RJSFSchema {
  const parts = Object.entries(schema).filter(([key]) => !ofFile.has(key));
  return converted(Object.fromEntries(parts)) as RJSFSchema;
}

function converted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(converted);
  if (typeof schema !== "object" || schema === null) return schema;
  const { default: preset, ...rest } = schema as JsonSchema;
  const parts = Object.keys(rest).map((key) => [key, partOf(rest, key)]);
  return { ...Object.fromEntries(parts), ...(preset !== undefined && { [defaultKey]: preset }) };
}

function partOf(schema: JsonSchema, key: string): unknown {
  const { oneOf = [], anyOf = [], definitions = {} } = schema;
  if (key === "properties") return propertiesOf(schema);
  if (key === "oneOf") return oneOf.map(variantOf);
  if (key === "anyOf") return anyOf.map(variantOf);
  if (key === "definitions") return eachConverted(Object.entries(definitions));
  const part: unknown = Reflect.get(schema, key);
  return holdsData.has(key) ? part : converted(part);
}

function propertiesOf({ properties = {}, required = [] }: JsonSchema) {
  const chosen = Object.entries(properties).filter(([key, { const: only }]) => {
    return key !== "$schema" && (only === undefined || required.includes(key));
  });
  return eachConverted(chosen);
}

/** Of schemas by names, which may be any: a setting may be called `oneOf`. */
function eachConverted(schemas: readonly (readonly [name: string, schema: JsonSchema])[]) {
  return Object.fromEntries(schemas.map(([name, schema]) => [name, converted(schema)]));
}

function variantOf(variant: JsonSchema) {
  const values = Object.values(variant.properties ?? {}).map((each) => each.const);
  const name = values.find((value) => typeof value === "string");
  const title = name ?? words[variant.type ?? ""] ?? "a group or list";
  return { ...(converted(variant) as object), title };
}

interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/** What the page says of the file as a whole. */
const ofFile: ReadonlySet<string> = new Set(["$schema", "$comment", "title", "description"]);

/** What stands under these keys is no schema. */
const holdsData: ReadonlySet<string> = new Set(["enum", "const", "required", "examples"]);

const words: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "true or false",
  null: "nothing",
};
