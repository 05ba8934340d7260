import { loadIntegration } from "@trestle/integration";
import { printProblems } from "@trestle/config";
import { z } from "zod";
import { defineCommand } from "../command.ts";

export const check = defineCommand({
  name: "check",
  summary:
    "Read an integration folder and report every problem at once. Exit code 3 when there is one.",
  operands: [
    { name: "dir", description: "The integration folder; the current folder if not given." },
  ],
  options: z.strictObject({ dir: z.string().default(".") }),
  examples: ["trestle check integrations/sample", "trestle check --json"],
  async run({ dir }, { out }) {
    const loaded = await loadIntegration(dir);
    if (loaded.ok) {
      const { revision, sites, channels, destinations } = loaded.integration;
      const counts = {
        sites: sites.size,
        channels: channels.size,
        destinations: destinations.size,
      };
      out.row(
        { revision, ...counts },
        `No problems. Revision ${revision}: ${counts.sites} sites, ${counts.channels} channels, ${counts.destinations} destinations.`,
      );
      return 0;
    }
    for (const problem of loaded.problems) out.row(problem, printProblems([problem]));
    out.note(`${loaded.problems.length} ${loaded.problems.length === 1 ? "problem" : "problems"}.`);
    return 3;
  },
});
