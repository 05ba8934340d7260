import { z } from "zod";

/** How an app's keys live. */
export const smartKeys = z
  .strictObject({
    algorithm: z
      .enum(["RS384", "ES384"])
      .default("RS384")
      .describe("Algorithm of new keys. ES384 is taken only where the key set has an address."),
    cacheSeconds: z
      .int()
      .min(0)
      .max(2_592_000)
      .default(29 * 3600)
      .describe(
        "How long the slowest server keeps the key set. A new key signs, and an old one leaves, after this long.",
      ),
    maxAgeSeconds: z
      .int()
      .min(0)
      .max(2_592_000)
      .default(3600)
      .describe("What servers are told to keep the key set for, by Cache-Control."),
    rotateEverySeconds: z
      .int()
      .min(3600)
      .max(315_360_000)
      .default(90 * 86_400)
      .describe("A next key is made when the one that signs is this old."),
    maxKeys: z
      .int()
      .min(2)
      .max(100)
      .default(8)
      .describe("Keys kept at a time; a new one beyond is refused."),
  })
  .meta({ title: "SMART client: keys", examples: [{ algorithm: "ES384" }] });

export type SmartKeySettings = z.infer<typeof smartKeys>;
