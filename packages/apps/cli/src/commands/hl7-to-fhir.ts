import { z } from "zod";
import { defineCommand } from "../command.ts";
import { folderFor } from "../io/folder-around.ts";
import { LimitedMapping } from "../io/limited-mapping.ts";
import { type FileMessage, printProblem, openMessages } from "../io/message-file.ts";
import type { Out } from "../out.ts";
import { messageFile } from "../option-types.ts";

export const hl7ToFhir = defineCommand({
  name: "hl7 to-fhir",
  summary: "Show the FHIR Bundle that each message maps to; works offline.",
  exits3: "when a message cannot be mapped, or the file or the integration folder has problems",
  json: "the Bundle of each message; with --explain for each value: message (its number), path, value, and field, by (the row of the map), row (of a code table), rule as they apply; with --unmapped for each field: message, at, field, name, value.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: messageFile,
    site: z
      .string()
      .optional()
      .meta({ value: "SITE", description: "Map with this site's code tables and time zone." }),
    config: z.string().optional().meta({
      value: "DIR",
      description:
        "The integration folder that has the site and the limits; left out, the one FILE lies in, or .",
    }),
    timeZone: z.string().optional().meta({
      value: "ZONE",
      description:
        "Without --site: the time zone of times that name no offset. Left out, the offset of MSH-7, or UTC.",
    }),
    explain: z
      .boolean()
      .default(false)
      .describe("Instead of the Bundle: each value with the field, table row or rule behind it."),
    unmapped: z
      .boolean()
      .default(false)
      .describe("Instead of the Bundle: each field that reached no value of it, and should have."),
    maxMappings: z.coerce.number().int().min(1).default(2000).meta({
      value: "N",
      description: "With --unmapped: how often a message is mapped anew to find them, at most.",
    }),
  }),
  examples: [
    "trestle hl7 to-fhir admit.hl7",
    "trestle hl7 to-fhir admit.hl7 --site lakeshore --explain",
    "trestle hl7 to-fhir admit.hl7 --site lakeshore --unmapped",
  ],
  async run({ file, site, config, timeZone, ...how }, surroundings) {
    const { out, signal } = surroundings;
    const folder = config ?? folderFor(file);
    const opened = await openMessages({ file, config: folder }, surroundings);
    if (opened === undefined) return 3;
    const mapping = new LimitedMapping(
      {
        is: "file",
        by: { site, config: folder ?? ".", timeZone },
        limits: opened.limits.messages,
        mapping: opened.limits.mapping,
        show: { ...how, isJson: out.isJson },
      },
      { limits: opened.limits.mapping, signal },
    );
    try {
      const started = await mapping.start();
      if (started !== undefined) {
        out.note(started.problems);
        return 3;
      }
      const problems = await mapAll(opened.messages, { file, mapping, out });
      return problems + opened.problems === 0 ? 0 : 3;
    } finally {
      await mapping.end();
    }
  },
});

/** @returns How many messages could not be mapped, and how much failed behind its answer. */
async function mapAll(
  messages: Iterable<FileMessage>,
  { file, mapping, out }: { file: string; mapping: LimitedMapping; out: Out },
): Promise<number> {
  let problems = 0;
  for (const { number, source, message, warnings } of messages) {
    const mapped = message.ok ? await mapping.mapMessage({ number, source }) : message;
    problems += noteLate(file, mapping, out);
    if (!mapped.ok) {
      out.note(printProblem(file, number, mapped.problem));
      problems += 1;
      continue;
    }
    out.printed(mapped.value.rows);
    const { outcome, stopped } = mapped.value;
    const notes = [
      ...warnings,
      ...mapped.value.warnings,
      ...(stopped === undefined ? [] : [stopped]),
    ];
    for (const note of new Set(notes.map((it) => printProblem(file, number, it)))) out.note(note);
    if (outcome === "notMapped" || stopped !== undefined) problems += 1;
  }
  await mapping.end();
  return problems + noteLate(file, mapping, out);
}

/** @returns How much failed behind answers that were given before. */
function noteLate(file: string, mapping: LimitedMapping, out: Out): number {
  const late = mapping.takeLate();
  for (const { request, problem } of late) {
    if (request.is === "message") out.note(printProblem(file, request.number, problem));
  }
  return late.length;
}
