import { z } from "zod";
import type { Command } from "./command.ts";

/** An option of a command, as it is typed. */
export interface Option {
  /** In kebab-case, without dashes. */
  readonly name: string;
  readonly schema: z.ZodType;
  /** Takes no value. */
  readonly isFlag: boolean;
  readonly isRequired: boolean;
  /** The word for its value in `--help`. */
  readonly value: string;
}

/** A command's options, without its operands. */
export function optionsOf(command: Command): Option[] {
  const operands = new Set(command.operands.map(({ name }) => name));
  return Object.entries(command.options.shape as Record<string, z.ZodType>)
    .filter(([key]) => !operands.has(key))
    .map(([key, schema]) => ({
      name: kebab(key),
      schema,
      isRequired: !isOptional(command, key),
      ...kindOf(schema),
    }));
}

/** Whether a command can do without the option or operand of this key. */
export function isOptional(command: Command, key: string): boolean {
  const schema = (command.options.shape as Record<string, z.ZodType>)[key];
  return schema?.safeParse(undefined).success ?? true;
}

/** `mllpPort` as it is typed: `mllp-port`. */
export function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/** `mllp-port` as code names it: `mllpPort`. */
export function camel(name: string): string {
  return name.replaceAll(/-(?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase());
}

/** Looks through what makes an option optional. */
function kindOf(schema: z.ZodType): { isFlag: boolean; value: string } {
  const named = schema.meta()?.["value"];
  const inner =
    schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
      ? kindOf(schema.unwrap() as z.ZodType)
      : { isFlag: schema instanceof z.ZodBoolean, value: wordFor(schema) };
  return typeof named === "string" ? { ...inner, value: named } : inner;
}

/** The words that an option may have; none where it takes others too. */
export function wordsOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return wordsOf(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

function wordFor(schema: z.ZodType): string {
  if (schema instanceof z.ZodNumber) return "N";
  if (schema instanceof z.ZodEnum) return "WORD";
  return "TEXT";
}
