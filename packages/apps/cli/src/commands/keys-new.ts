import { z } from "zod";
import { defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingOf, showKeys } from "../io/key-ring.ts";

export const keysNew = defineCommand({
  name: "keys new",
  summary: "Make the first key by which the hub signs in at sites; harmless where there is one.",
  exits3: "when trestle.yaml has problems",
  json: keyColumns,
  options: z.strictObject(keyOptions),
  examples: ["trestle keys new", "trestle keys new --data /var/lib/trestle"],
  async run(options, { out, environment }) {
    const found = await keyRingOf(options, environment);
    if (!found.ok) {
      out.note(found.problems);
      return 3;
    }
    const { ring } = found;
    showKeys(await ring.tend(), out);
    out.note(
      "Register the application at each site with the address of the hub's key set: its own address and /.well-known/jwks.json.",
    );
    return 0;
  },
});
