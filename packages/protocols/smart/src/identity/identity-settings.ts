import { z } from "zod";

/** What is asked of an id_token. */
export const smartIdentity = z
  .strictObject({
    isRequired: z
      .boolean()
      .default(true)
      .describe("Whether a launch that asked for openid fails when no id_token comes."),
    algorithms: z
      .array(z.enum(["RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "ES384"]))
      .min(1)
      .default(["RS256"])
      .describe("Signatures that are taken."),
    otherIssuers: z
      .array(z.string())
      .default([])
      .describe("Issuers that are taken besides the published one, for sites that differ."),
    clockToleranceSeconds: z
      .int()
      .min(0)
      .max(600)
      .default(60)
      .describe("How far the clocks may be apart."),
    maxKeyAgeSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(3600)
      .describe(
        "An issuer's keys are fetched again after this long, and at once for an unknown key.",
      ),
  })
  .meta({ title: "SMART client: identity", examples: [{ algorithms: ["RS256", "ES384"] }] });

export type SmartIdentitySettings = z.infer<typeof smartIdentity>;
