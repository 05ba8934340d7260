import { z } from "zod";
import { defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingIn, showKeys } from "../io/key-ring.ts";

export const keysList = defineCommand({
  name: "keys list",
  summary: "Show the keys by which the hub signs in at sites, and what each does now.",
  exits3: "when there is none yet",
  json: keyColumns,
  options: z.strictObject({ data: z.string().optional().meta(keyOptions.data) }),
  examples: ["trestle keys list"],
  async run({ data }, { out, environment }) {
    const ring = await keyRingIn(data, environment);
    const keys = await ring.status();
    showKeys(keys, out);
    if (keys.length > 0) return 0;
    out.note("There is no key yet. `trestle keys new` makes one; so does a hub with a FHIR site.");
    return 3;
  },
});
