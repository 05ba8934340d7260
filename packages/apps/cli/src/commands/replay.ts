import { z } from "zod";
import { defineCommand } from "../command.ts";
import { compareRevisions } from "../io/compare-revisions.ts";
import { onDemand } from "../io/on-demand.ts";
import { since, sinceTime } from "../since.ts";
import { groupText, noteRules, summary } from "../what-if-text.ts";

export const replay = defineCommand({
  name: "replay",
  summary:
    "Show what stored messages would give under another revision. Reads the data folder, also while a hub runs on it; writes nothing, delivers nothing.",
  exits3:
    "when something differs that no rule of what-if.yaml declares harmless, or a revision has problems",
  json: "for each group of differences: kind, path, table, harmless (rule, reason), messages, values, sites, changes (before, after, origin, values), otherValues, examples (id, site, type, controlId); at the end: one, other (revisions), range, counts, rules, isHarmless.",
  options: z.strictObject({
    whatIf: z
      .string({
        error:
          "say under which revision. To deliver a stored message once more: `trestle messages replay`.",
      })
      .meta({
        value: "REVISION",
        description:
          "What would be in force: a commit, branch or tag of the folder's repository; . for the folder as it lies there; ./DIR for another folder.",
      }),
    against: z.string().optional().meta({
      value: "REVISION",
      description:
        "What to compare with, likewise; the folder's revision that took the newest message, if left out.",
    }),
    since,
    site: z.string().optional().meta({ value: "SITE", description: "Only messages of this site." }),
    config: z.string().default(".").meta({ value: "DIR", description: "The integration folder." }),
    data: z.string().optional().meta({
      value: "DIR",
      description:
        "The data folder; also TRESTLE_DATA. storage.directory of trestle.yaml if neither.",
    }),
    threads: z.coerce
      .number()
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe("Threads that compare; whatIf.threads of trestle.yaml if left out."),
  }),
  examples: [
    "trestle replay --what-if . --since 24h",
    "trestle replay --what-if november-tables --against main --since 7d --site lakeshore",
  ],
  async run({ data, since: span, ...options }, { out, signal, environment }) {
    const folder = await dataFolder(options.config, data ?? environment["TRESTLE_DATA"]);
    if (!folder.ok) {
      out.note(folder.problems);
      return 3;
    }
    const { journalIn, revisionInForce } = await onDemand.whatIf();
    const journalFile = journalIn(folder.path);
    const inForce = revisionInForce(journalFile);
    if (inForce === undefined) {
      out.note(`The journal in ${folder.path} holds no message: nothing to compare.`);
      return 0;
    }
    const now = Date.now();
    const against = options.against ?? inForce;
    const compared = await compareRevisions(
      { ...options, against, since: sinceTime(span, now) ?? 0, now, journalFile },
      signal,
    );
    if (!compared.ok) {
      out.note(compared.problems);
      return 3;
    }
    const { groups, ...about } = compared.result;
    for (const group of groups) out.row(group, groupText(group));
    if (out.isJson) out.row(about, "");
    noteRules(about, out);
    out.note(summary(compared.result));
    return about.isHarmless ? 0 : 3;
  },
});

type DataFolder =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problems: string };

/** As a hub finds it that is started on the folder. */
async function dataFolder(config: string, named: string | undefined): Promise<DataFolder> {
  if (named !== undefined && named !== "") return { ok: true, path: named };
  const [{ loadSettings }, { printProblems }] = await Promise.all([
    onDemand.integration(),
    onDemand.config(),
  ]);
  const loaded = await loadSettings(config);
  if (!loaded.ok) return { ok: false, problems: printProblems(loaded.problems) };
  return { ok: true, path: loaded.settings.storage.directory };
}
