import type { Finding, Level } from "@trestle/hl7v2/validate";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { folderFor } from "../io/folder-around.ts";
import { printProblem, openMessages } from "../io/message-file.ts";
import { onDemand } from "../io/on-demand.ts";
import { siteProfile } from "../io/site-profile.ts";
import { messageFile } from "../option-types.ts";

export const hl7Validate = defineCommand({
  name: "hl7 validate",
  summary: "Check HL7 v2 messages against the standard and a site's profile; works offline.",
  exits3:
    "when a message has errors or cannot be read, the file is not as its envelopes say, or the folder has problems",
  json: "for each finding: message (its number), level, code, at, text, hint.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: messageFile,
    site: z
      .string()
      .optional()
      .meta({ value: "SITE", description: "Hold them against this site's profile too." }),
    config: z.string().optional().meta({
      value: "DIR",
      description:
        "The integration folder that has the site and the limits; left out, the one FILE lies in, or .",
    }),
    level: z.enum(["error", "warning", "note"]).default("note").meta({
      value: "LEVEL",
      description: "Show errors alone, or warnings too, or everything.",
    }),
    max: z.coerce.number().int().min(1).max(10_000).default(100).meta({
      value: "N",
      description: "How many findings of a message are shown; the worst come first.",
    }),
  }),
  examples: [
    "trestle hl7 validate admit.hl7",
    "trestle hl7 validate admit.hl7 --site lakeshore",
    "cat admit.hl7 | trestle hl7 validate - --level error --json",
  ],
  async run({ file, site, config, level, max }, surroundings) {
    const { out } = surroundings;
    const folder = config ?? folderFor(file);
    const by = await siteProfile(site, folder ?? ".");
    if (!by.ok) {
      out.note(by.problems);
      return 3;
    }
    const { createValidator } = await onDemand.validation();
    const validate = createValidator({ profile: by.profile, maxFindings: max });
    const opened = await openMessages({ file, config: folder }, surroundings);
    if (opened === undefined) return 3;
    let problems = 0;
    for (const { number, message, warnings } of opened.messages) {
      if (!message.ok) {
        out.note(printProblem(file, number, message.problem));
        problems += 1;
        continue;
      }
      for (const warning of warnings) out.note(printProblem(file, number, warning));
      const { findings, counts, omitted } = validate(message.value);
      problems += counts.error;
      for (const finding of findings.filter((found) => ranks[found.level] <= ranks[level])) {
        out.row({ message: number, ...finding }, row(number, finding));
      }
      const { error, warning, note } = counts;
      const left = omitted === 0 ? "" : `; ${omitted} not shown, raise --max to see them`;
      out.note(`message ${number}: errors ${error}, warnings ${warning}, notes ${note}${left}`);
    }
    return problems + opened.problems === 0 ? 0 : 3;
  },
});

function row(number: number, { level, at, text, hint }: Finding): string {
  return `message ${number} ${level} ${at}: ${text}\n  ${hint}`;
}

const ranks: Readonly<Record<Level, number>> = { error: 0, warning: 1, note: 2 };
