import { z } from "zod";

/** What a schema says about one path. */
export interface SchemaAt {
  /** Keys that are known there; empty where any key may stand, or none. */
  readonly keys: readonly string[];
  /** What it is for; empty where the schema does not say. */
  readonly description: string;
}

/** Looks through defaults, optional keys, lists, records and every variant of a union. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): SchemaAt {
  const found = walk(schema, path);
  const keys = found.flatMap((one) => {
    const inner = unwrapped(one);
    return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  });
  const description = found.map(descriptionOf).find((text) => text !== "");
  return { keys: [...new Set(keys)], description: description ?? "" };
}

function walk(schema: z.ZodType, path: readonly PropertyKey[]): readonly z.ZodType[] {
  const [step, ...rest] = path;
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodDiscriminatedUnion || inner instanceof z.ZodUnion) {
    const variants = inner.options.flatMap((option) => walk(option as z.ZodType, path));
    return step === undefined ? [schema, ...variants] : variants;
  }
  if (step === undefined) return [schema];
  const next = below(inner, step);
  return next === undefined ? [] : walk(next, rest);
}

function below(inner: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  if (inner instanceof z.ZodObject) return inner.shape[String(step)] as z.ZodType | undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = wrappedBy(schema);
  return inner === undefined ? schema : unwrapped(inner);
}

function wrappedBy(schema: z.ZodType): z.ZodType | undefined {
  const isWrapper =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly;
  return isWrapper ? (schema.unwrap() as z.ZodType) : undefined;
}

/** The outermost description wins: it is the one written for this use. */
function descriptionOf(schema: z.ZodType): string {
  const inner = wrappedBy(schema);
  return schema.description ?? (inner === undefined ? "" : descriptionOf(inner));
}
