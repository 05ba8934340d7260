/** A JSON Schema as far as those of settings files go. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/**
 * Values with everything that a schema lets a file have: each key, an entry of each map, an item of each
 * list in every variant. Several where the schema itself, or a key of it, is a union.
 *
 * @throws {TypeError} where a part is of no kind that is known here.
 */
export function fullValues(schema: JsonSchema, from: Root = { schema }): readonly unknown[] {
  const { $ref, allOf, oneOf, anyOf, type } = schema;
  if ($ref !== undefined) return referredValues($ref, from);
  if (allOf !== undefined) return allOf.slice(0, 1).flatMap((one) => fullValues(one, from));
  const variants = oneOf ?? anyOf;
  if (variants !== undefined) return variants.flatMap((one) => fullValues(one, from));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum.slice(0, 1);
  if (type === "object") return fullGroups(schema, from);
  if (type === "array") return [fullValues(schema.items ?? {}, from)];
  const scalar = scalars[schema.format ?? ""] ?? scalars[type ?? ""];
  if (scalar === undefined) throw new TypeError(`no value for ${JSON.stringify(schema)}`);
  return [scalar.value];
}

function fullGroups(schema: JsonSchema, from: Root): readonly unknown[] {
  const { properties = {}, additionalProperties, propertyNames = {} } = schema;
  const parts = Object.entries(properties)
    .filter(([key]) => key !== "$schema")
    .map(([key, part]): [string, readonly unknown[]] => [key, fullValues(part, from)]);
  const entries =
    typeof additionalProperties === "object" ? fullValues(additionalProperties, from) : [];
  const names = entries.map((_, index) => propertyNames.enum?.[index] ?? `entry-${index}`);
  const named = Object.fromEntries(entries.map((entry, index) => [names[index], entry]));
  const most = Math.max(1, ...parts.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, turn) => ({
    ...Object.fromEntries(parts.map(([key, values]) => [key, values[turn % values.length]])),
    ...named,
  }));
}

/** A schema that names itself goes one level deep, then ends in a text. */
function referredValues(pointer: string, { schema, depth = 0 }: Root): readonly unknown[] {
  const found = schema.definitions?.[pointer.replace("#/definitions/", "")];
  if (found === undefined) throw new TypeError(`no definition ${pointer}`);
  return depth === 1 ? ["text"] : fullValues(found, { schema, depth: depth + 1 });
}

/** The schema of the file, and in how many references this is. */
interface Root {
  readonly schema: JsonSchema;
  readonly depth?: number;
}

const scalars: Readonly<Record<string, { readonly value: unknown }>> = {
  date: { value: "2026-05-11" },
  string: { value: "text" },
  number: { value: 1.5 },
  integer: { value: 7 },
  boolean: { value: true },
  null: { value: null },
};
