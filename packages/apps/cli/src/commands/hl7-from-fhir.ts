import { type Problem, reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import type { ComposedExplained, MessageKind, Party } from "@trestle/mapping/to-v2";
import { z } from "zod";
import { type Surroundings, UsageError, defineCommand } from "../command.ts";
import { folderAround } from "../io/folder-around.ts";
import { mappingSite } from "../io/mapping-site.ts";
import { readInput } from "../io/message-file.ts";
import { onDemand } from "../io/on-demand.ts";

export const hl7FromFhir = defineCommand({
  name: "hl7 from-fhir",
  summary: "Compose the HL7 v2 message that a FHIR Bundle becomes; works offline.",
  exits3: "when the message must not leave, or the integration folder has problems",
  json: "kind, text (segments end in CR), warnings, notes, leftOut; with --explain for each value: field, value, and path, row, rule as they apply.",
  operands: [{ name: "file", description: "A FHIR Bundle in JSON; - reads standard input." }],
  options: z.strictObject({
    file: z.string({ error: "name a file; - reads standard input." }),
    as: z.string({ error: "say what to compose, such as ORU^R01." }).meta({
      value: "KIND",
      description: "ORU^R01, MDM, SIU^S13 and the like; MDM, SIU and SRM choose the event.",
    }),
    change: z
      .enum(["new", "rescheduled", "modified", "cancelled"])
      .optional()
      .describe("What happened before, where the status alone does not say it."),
    site: z
      .string()
      .optional()
      .meta({ value: "SITE", description: "Compose with this site's code tables and time zone." }),
    config: z.string().optional().meta({
      value: "DIR",
      description: "The integration folder that has the site; left out, the one FILE lies in, or .",
    }),
    timeZone: z.string().default("UTC").meta({
      value: "ZONE",
      description: "Without --site: the time zone in which times are written.",
    }),
    sender: party("TRESTLE^TRESTLE", "MSH-3 and MSH-4."),
    receiver: party("EHR^EHR", "MSH-5 and MSH-6."),
    controlId: z
      .string()
      .max(20)
      .optional()
      .meta({ value: "ID", description: "MSH-10; made of the clock where left out." }),
    at: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u, {
        error: "give a time with its offset, such as 2026-01-15T10:30:00-06:00.",
      })
      .optional()
      .meta({
        value: "INSTANT",
        description: "MSH-7, such as 2026-01-15T10:30:00-06:00; now where left out.",
      }),
    mode: z.enum(["P", "T", "D"]).default("T").describe("MSH-11: production, test or debugging."),
    hl7Version: z
      .enum(["2.3", "2.3.1", "2.4", "2.5", "2.5.1"])
      .default("2.5.1")
      .describe("MSH-12."),
    explain: z
      .boolean()
      .default(false)
      .describe(
        "Instead of the message: each field with the element, table row or rule behind it.",
      ),
  }),
  examples: [
    "trestle hl7 from-fhir result.json --as ORU^R01 --site lakeshore",
    "trestle hl7 from-fhir result.json --as ORU^R01 --site lakeshore --explain",
  ],
  async run({ file, as, change, site, config, timeZone, explain, ...rest }, surroundings) {
    const { out } = surroundings;
    const kind = await kindOf(as);
    const by = await mappingSite({ site, config: config ?? folderAround(file), timeZone });
    if (!by.ok) {
      out.note(by.problems);
      return 3;
    }
    const [{ readBundle }, { createComposer }] = await Promise.all([
      onDemand.mapping(),
      onDemand.composer(),
    ]);
    const bundle = readBundle(await textOf(file, surroundings));
    const composed = bundle.ok
      ? createComposer().explain({
          kind,
          ...(change && { change }),
          bundle: bundle.value,
          site: { timeZone: "UTC", ...by.site },
          profile: by.profile,
          header: headerOf(rest),
        })
      : { ok: false as const, problem: [bundle.problem] };
    if (!composed.ok) {
      for (const problem of composed.problem) out.note(printed(file, problem));
      return 3;
    }
    if (explain) showSources(composed.value, surroundings);
    else showMessage(composed.value, surroundings);
    for (const warning of composed.value.warnings) out.note(printed(file, warning));
    for (const path of composed.value.leftOut) out.note(`${nameOf(file)}: left out: ${path}`);
    return 0;
  },
});

function party(standard: string, description: string) {
  return z
    .string()
    .regex(/^[^^]+\^[^^]+$/u, { error: "give APPLICATION^FACILITY." })
    .default(standard)
    .meta({ value: "APPLICATION^FACILITY", description });
}

async function kindOf(as: string): Promise<MessageKind> {
  const { messageKinds } = await onDemand.composer();
  const wanted = as.toUpperCase().replace("_", "^");
  const found = messageKinds.find((kind) => kind === wanted);
  if (found !== undefined) return found;
  throw new UsageError(`“${as}” cannot be composed. Give one of ${messageKinds.join(", ")}.`);
}

function headerOf(options: {
  readonly sender: string;
  readonly receiver: string;
  readonly controlId?: string | undefined;
  readonly at?: string | undefined;
  readonly mode: "P" | "T" | "D";
  readonly hl7Version: "2.3" | "2.3.1" | "2.4" | "2.5" | "2.5.1";
}) {
  const { sender, receiver, mode, hl7Version } = options;
  const now = new Date();
  return {
    sender: partyOf(sender),
    receiver: partyOf(receiver),
    controlId: options.controlId ?? String(now.getTime()),
    // MSH-7 needs no more than seconds.
    at: options.at ?? now.toISOString().replace(/\.\d+/u, ""),
    mode,
    version: hl7Version,
  };
}

function partyOf(written: string): Party {
  const [application = "", facility = ""] = written.split("^");
  return { application, facility };
}

/** Bytes that are no UTF-8 are no JSON. */
async function textOf(file: string, surroundings: Surroundings): Promise<string> {
  const bytes = await readInput(file, surroundings);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

function showMessage(composed: ComposedExplained, { out }: Surroundings): void {
  const { kind, warnings, notes, leftOut } = composed;
  const text = reveal(composed.text);
  // On a terminal a CR would print every segment over the one before.
  out.row({ kind, text, warnings, notes, leftOut }, text.trimEnd().replaceAll("\r", "\n"));
}

function showSources(composed: ComposedExplained, { out }: Surroundings): void {
  const parsed = parseMessage(reveal(composed.text));
  if (!parsed.ok) throw new TypeError("a composed message always parses");
  for (const { field, ...source } of composed.sources) {
    const value = parsed.value.get(field) ?? "";
    const from = [source.path, source.row, source.rule].filter((part) => part !== undefined);
    out.row(
      { field, value, ...source },
      `${field} = ${JSON.stringify(value)}\n    from ${from.join(", ")}`,
    );
  }
  for (const { text } of composed.notes) out.note(text);
}

function printed(file: string, { at, text, hint }: Problem): string {
  const place = at === undefined || text.includes(at) ? "" : ` ${at}:`;
  return `${nameOf(file)}:${place} ${text}\n  ${hint}`;
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}
