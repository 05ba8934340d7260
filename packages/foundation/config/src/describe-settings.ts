import { z } from "zod";

/** One setting, as the reference pages list it. */
export interface SettingRow {
  /** `listeners.*.maxFrameBytes`; `*` stands for a name, `[]` for each of a list. */
  readonly path: string;
  readonly type: string;
  /** Whether a file without it is refused. Where its group may be left out, so may it. */
  readonly isRequired: boolean;
  /** As JSON; empty where there is none. */
  readonly default: string;
  /** The smallest number, or the fewest items or characters; empty where there is no limit. */
  readonly least: string;
  readonly most: string;
  readonly description: string;
}

/** Every setting of a schema, in its order; variants one after the other. */
export function describeSettings(schema: z.ZodType): readonly SettingRow[] {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return withoutRepeats(rowsOf(described, "", true));
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function rowsOf(schema: JsonSchema, path: string, isRequired: boolean): readonly SettingRow[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.flatMap((option) => rowsOf(option, path, isRequired));
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, child]) =>
      rowsOf(child, below(name), schema.required?.includes(name) === true),
    );
  }
  if (typeof schema.additionalProperties === "object") {
    return rowsOf(schema.additionalProperties, below("*"), false);
  }
  if (schema.items !== undefined && hasKeys(schema.items)) {
    return rowsOf(schema.items, `${path}[]`, isRequired);
  }
  return [rowOf(schema, path, isRequired)];
}

/** Itself, or as one of its variants. */
function hasKeys({ properties, anyOf, oneOf }: JsonSchema): boolean {
  return properties !== undefined || (anyOf ?? oneOf ?? []).some(hasKeys);
}

function rowOf(schema: JsonSchema, path: string, isRequired: boolean): SettingRow {
  return {
    path,
    type: typeOf(schema),
    isRequired,
    default: schema.default === undefined ? "" : JSON.stringify(schema.default),
    least: limit(schema.minimum ?? schema.minItems ?? schema.minLength, schema.exclusiveMinimum),
    most: limit(schema.maximum ?? schema.maxItems ?? schema.maxLength, schema.exclusiveMaximum),
    description: schema.description ?? "",
  };
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(", ");
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  return schema.type === undefined ? "any" : (words[schema.type] ?? schema.type);
}

/** Zod bounds every whole number by what is exact; that is no limit anybody set. */
function limit(inclusive: number | undefined, exclusive: number | undefined): string {
  if (exclusive !== undefined) return `not ${exclusive}`;
  return inclusive === undefined || Math.abs(inclusive) === Number.MAX_SAFE_INTEGER
    ? ""
    : String(inclusive);
}

/** Variants share keys, such as `type`. */
function withoutRepeats(rows: readonly SettingRow[]): readonly SettingRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(row);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

const words: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "group of keys",
};
