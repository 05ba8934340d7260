import { z } from "zod";
import { defineCommand } from "../command.ts";
import { keyColumns, keyOptions, keyRingIn, showKeys } from "../io/key-ring.ts";

export const keysNew = defineCommand({
  name: "keys new",
  summary: "Make the first key by which the hub signs in at sites; harmless where there is one.",
  json: keyColumns,
  options: z.strictObject({ data: z.string().optional().meta(keyOptions.data) }),
  examples: ["trestle keys new", "trestle keys new --data /var/lib/trestle"],
  async run({ data }, { out, environment }) {
    const ring = await keyRingIn(data, environment);
    showKeys(await ring.tend(), out);
    out.note(
      "Register the application at each site with the address of the hub's key set: its own address and /.well-known/jwks.json.",
    );
    return 0;
  },
});
