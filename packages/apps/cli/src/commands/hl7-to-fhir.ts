import { reveal } from "@trestle/base";
import { type Explained, createMapper } from "@trestle/mapping";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { mappingSite } from "../io/mapping-site.ts";
import { printProblem, readMessageFile, splitMessages } from "../io/message-file.ts";

export const hl7ToFhir = defineCommand({
  name: "hl7 to-fhir",
  summary: "Show the FHIR Bundle a message maps to; works offline.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: z.string({ error: "which file? - reads standard input." }),
    site: z.string().optional().describe("Map with this site's code tables and time zone."),
    config: z.string().default("integrations/sample").describe("The integration folder of --site."),
    timeZone: z
      .string()
      .default("UTC")
      .describe("Without --site: the zone of times that name no offset."),
    explain: z
      .boolean()
      .default(false)
      .describe("Name the field, table row or rule behind each value."),
  }),
  examples: [
    "trestle hl7 to-fhir admit.hl7",
    "trestle hl7 to-fhir admit.hl7 --site lakeshore --explain",
  ],
  async run({ file, site, config, timeZone, explain }, surroundings) {
    const { out } = surroundings;
    const mapper = createMapper();
    const by = await mappingSite({ site, config, timeZone });
    let problems = 0;
    for (const { number, message } of splitMessages(await readMessageFile(file, surroundings))) {
      if (!message.ok) {
        out.note(printProblem(file, number, message.problem));
        problems += 1;
        continue;
      }
      const mapped = mapper.explain(message.value, by);
      const bundle = reveal(mapped.bundle);
      if (explain) showSources(mapped, (value, text) => out.row(value, text));
      else out.row(bundle, JSON.stringify(bundle, undefined, 2));
      for (const warning of mapped.warnings) out.note(printProblem(file, number, warning));
      if (mapped.outcome === "notMapped") problems += 1;
    }
    return problems === 0 ? 0 : 3;
  },
});

function showSources(mapped: Explained, row: (value: unknown, text: string) => void): void {
  const values = leaves(reveal(mapped.bundle));
  for (const source of mapped.sources) {
    const value = values.get(source.path);
    const from = [source.field, source.row, source.rule].filter((part) => part !== undefined);
    row(
      { ...source, value },
      `${source.path} = ${JSON.stringify(value)}\n    from ${from.join(", ")}`,
    );
  }
}

/** Every leaf of a value by its path, `entry[0].resource.id`. */
function leaves(
  value: unknown,
  path = "",
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null || isExactNumber(value))
    return found.set(path, value);
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
    leaves(child, path + step, found);
  }
  return found;
}

/** A number that keeps its written digits is an object to JavaScript, but one value to us. */
function isExactNumber(value: object): boolean {
  return Object.getPrototypeOf(value) === null && "rawJSON" in value;
}
