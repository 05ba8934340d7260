import { z } from "zod";
import { defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingOf, showKeys } from "../io/key-ring.ts";

export const keysList = defineCommand({
  name: "keys list",
  summary: "Show the keys by which the hub signs in at sites, and what each does now.",
  exits3: "when there is none yet, or trestle.yaml has problems",
  json: keyColumns,
  options: z.strictObject(keyOptions),
  examples: ["trestle keys list"],
  async run(options, { out, environment }) {
    const found = await keyRingOf(options, environment);
    if (!found.ok) {
      out.note(found.problems);
      return 3;
    }
    const { ring } = found;
    const keys = await ring.status();
    showKeys(keys, out);
    if (keys.length > 0) return 0;
    out.note("There is no key yet. `trestle keys new` makes one; so does a hub with a FHIR site.");
    return 3;
  },
});
