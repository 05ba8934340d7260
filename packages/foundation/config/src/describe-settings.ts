import { z } from "zod";

/** One setting, as the reference pages list it. */
export interface SettingRow {
  /** `listeners.*.maxFrameBytes`; `*` stands for a name, `[]` for each of a list. */
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly least: string;
  readonly most: string;
  readonly description: string;
}

/** Every setting of a schema, in its order. */
export function describeSettings(schema: z.ZodType, prefix = ""): SettingRow[] {
  return rowsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema, prefix);
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function rowsOf(schema: JsonSchema, path: string): SettingRow[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined && schema.type === undefined) {
    return options.flatMap((option) => rowsOf(option, path));
  }
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, child]) => rowsOf(child, below(name)));
  }
  if (typeof schema.additionalProperties === "object") {
    return rowsOf(schema.additionalProperties, below("*"));
  }
  if (schema.items?.properties !== undefined) return rowsOf(schema.items, `${path}[]`);
  return [rowOf(schema, path)];
}

function rowOf(schema: JsonSchema, path: string): SettingRow {
  const shown = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));
  const bound = (value: number | undefined) =>
    value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? "" : String(value);
  const type =
    schema.const === undefined ? (schema.enum?.map(String).join(", ") ?? schema.type ?? "") : shown(schema.const);
  return {
    path,
    type: schema.items?.type === undefined ? type : `list of ${schema.items.type}`,
    default: shown(schema.default),
    least: bound(schema.minimum),
    most: bound(schema.maximum),
    description: schema.description ?? "",
  };
}
