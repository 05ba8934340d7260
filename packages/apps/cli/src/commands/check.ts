import { z } from "zod";
import { defineCommand } from "../command.ts";
import { loadFolder } from "../io/load-folder.ts";
import { counted } from "../out.ts";

export const check = defineCommand({
  name: "check",
  summary: "Read an integration folder and report every problem at once.",
  exits3: "when there is a problem",
  json: "with revision, sites, channels, destinations (how many); with problems, for each: file, line, column, code, text, hint.",
  operands: [{ name: "dir", description: "The integration folder." }],
  options: z.strictObject({
    dir: z.string().default("."),
  }),
  examples: ["trestle check integrations/sample", "trestle check --json"],
  async run({ dir }, { out }) {
    const loaded = await loadFolder(dir);
    if (loaded.ok) {
      const { revision, sites, channels, destinations } = loaded.integration;
      const counts = {
        sites: sites.size,
        channels: channels.size,
        destinations: destinations.size,
      };
      out.row(
        { revision, ...counts },
        `No problems. Revision ${revision}: ${counted(counts.sites, "site")}, ${counted(counts.channels, "channel")}, ${counted(counts.destinations, "destination")}.`,
      );
      return 0;
    }
    for (const problem of loaded.problems) out.row(problem, loaded.print([problem]));
    out.note(`${counted(loaded.problems.length, "problem")}.`);
    return 3;
  },
});
