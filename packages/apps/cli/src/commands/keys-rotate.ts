import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingIn, showKeys } from "../io/key-ring.ts";

export const keysRotate = defineCommand({
  name: "keys rotate",
  summary:
    "Announce the next key now. It signs once every site can know it, so that nothing is interrupted.",
  json: keyColumns,
  options: z.strictObject({
    data: z.string().optional().meta(keyOptions.data),
    discard: z.string().optional().meta({
      value: "ID",
      description:
        "Instead: take this key out at once, because others may know it. Sites that keep an old key set refuse the hub until they read it anew.",
    }),
  }),
  examples: ["trestle keys rotate"],
  async run({ data, discard }, { out, environment }) {
    const ring = await keyRingIn(data, environment);
    // Whoever mistypes the id of a key that others know must not believe that it is out.
    const isThere = (await ring.status()).some(({ keyId }) => keyId === discard);
    if (discard !== undefined && !isThere)
      throw new UsageError(`There is no key ${discard} here; \`trestle keys list\` shows all.`);
    const keys = discard === undefined ? await ring.rotate() : await ring.discard(discard);
    showKeys(keys, out);
    return 0;
  },
});
