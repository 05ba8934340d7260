import { z } from "zod";
import type { ConfigProblem } from "./config-problem.ts";

const notAReference = "must be env:NAME or file:PATH";

/**
 * Where a secret is: `env:NAME`, an environment variable, or `file:PATH`. The secret itself never
 * stands in configuration, for that is kept in git and shown in diffs.
 */
export const secretReference = z
  .string()
  .regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/u, notAReference)
  .describe("Where the secret is: env:NAME or file:PATH. Never the secret itself.");

/** Whether a value is refused that should say where a secret is, and so may be the secret itself. */
export function isSecretProblem({ text }: Pick<ConfigProblem, "text">): boolean {
  return text.endsWith(`${notAReference}.`);
}

export type SecretReference = z.infer<typeof secretReference>;
