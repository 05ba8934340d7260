import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingOf, showKeys } from "../io/key-ring.ts";

export const keysRotate = defineCommand({
  name: "keys rotate",
  summary:
    "Announce the next key now. It signs once every site can know it, so that nothing is interrupted.",
  exits3: "when trestle.yaml has problems",
  json: keyColumns,
  options: z.strictObject({
    ...keyOptions,
    discard: z.string().optional().meta({
      value: "ID",
      description:
        "Instead: take this key out at once, because others may know it. Sites that keep an old key set refuse the hub until they read it anew.",
    }),
  }),
  examples: ["trestle keys rotate"],
  async run({ discard, ...options }, { out, environment }) {
    const found = await keyRingOf(options, environment);
    if (!found.ok) {
      out.note(found.problems);
      return 3;
    }
    const { ring } = found;
    // Whoever mistypes the id of a key that others know must not believe that it is out.
    const isThere = (await ring.status()).some(({ keyId }) => keyId === discard);
    if (discard !== undefined && !isThere)
      throw new UsageError(`There is no key ${discard} here; \`trestle keys list\` shows all.`);
    const keys = discard === undefined ? await ring.rotate() : await ring.discard(discard);
    showKeys(keys, out);
    return 0;
  },
});
