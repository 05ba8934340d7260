import { z } from "zod";

/** A JSON Schema as a value; `JSON.stringify` makes the file of it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What an editor shows of a file as a whole. */
export interface FileWords {
  readonly title: string;
  readonly description: string;
}

/**
 * The JSON Schema of a file, for editors: what may be written, with titles, descriptions, defaults
 * and examples. It takes every file that `readYaml` takes. What only code can say, such as whether a
 * time zone exists, it leaves to `readYaml`.
 *
 * Draft 7, for that is what editors of YAML know best.
 */
export function jsonSchemaOf(schema: z.ZodType, { title, description }: FileWords): JsonSchema {
  const { $schema, ...made } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
  });
  // Examples are what a person writes; zod leaves them out where reading a file changes its values.
  const examples = schema.meta()?.["examples"];
  const head = { title, description, ...(examples !== undefined && { examples }) };
  return { $schema, ...withSchemaKey(made), ...head };
}

/** `readYaml` takes the key, so an editor must not call it unknown; variants have their keys each. */
function withSchemaKey(schema: JsonSchema): JsonSchema {
  const { properties, oneOf } = schema;
  if (Array.isArray(oneOf)) {
    return { ...schema, oneOf: oneOf.map((each: JsonSchema) => withSchemaKey(each)) };
  }
  return { ...schema, properties: { ...(properties as JsonSchema | undefined), $schema: key } };
}

const key = {
  type: "string",
  description: "The JSON Schema of this file, for editors. It configures nothing.",
};
