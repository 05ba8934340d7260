import type { z } from "zod";
import type { Out } from "./out.ts";

/** How a command ended: 0 done, 1 failed, 2 wrong usage, 3 it worked and found problems. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What every command gets beside its options. */
export interface Surroundings {
  readonly out: Out;
  /** Aborted by Ctrl+C or a termination signal. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly readStandardInput: () => Promise<Uint8Array>;
}

type Options = z.ZodObject;

/** A word behind the command's name. */
export interface Operand {
  readonly name: string;
  readonly description: string;
}

/** One command as a value: the parser, `--help` and the reference page derive from it. */
export interface Command<Shape extends Options = Options> {
  /** `hl7 parse`: noun, verb. */
  readonly name: string;
  readonly summary: string;
  /** When it ends with exit code 1, where that is not plain: `when nobody answers`. */
  readonly exits1?: string;
  /** When it ends with exit code 3: `when there is one`. Undefined where it never does. */
  readonly exits3?: string;
  /** What `--json` prints, and its keys: the words behind "One object a line,". */
  readonly json: string;
  readonly operands: readonly Operand[];
  /** Keys in camelCase become `--kebab-case`; booleans take no value. */
  readonly options: Shape;
  readonly examples: readonly string[];
  run(options: z.infer<Shape>, surroundings: Surroundings): Promise<ExitCode>;
}

/** Declares a command. Operands are named in the options too, where they are checked. */
export function defineCommand<Shape extends Options>(command: {
  name: string;
  summary: string;
  exits1?: string;
  exits3?: string;
  json: string;
  operands?: readonly Operand[];
  options: Shape;
  examples?: readonly string[];
  run: (options: z.infer<Shape>, surroundings: Surroundings) => Promise<ExitCode>;
}): Command {
  // The parser validates with this very schema, so `run` gets what it declares.
  return { operands: [], examples: [], ...command };
}

/** The command was not used as it is meant to be: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
