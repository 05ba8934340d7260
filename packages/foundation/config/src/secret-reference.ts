import { z } from "zod";

/**
 * Where a secret is: `env:NAME`, an environment variable, or `file:PATH`. The secret itself never
 * stands in configuration, for that is kept in git and shown in diffs.
 */
export const secretReference = z
  .string()
  .regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/u, "must be env:NAME or file:PATH")
  .describe("Where the secret is: env:NAME or file:PATH. Never the secret itself.");

export type SecretReference = z.infer<typeof secretReference>;
