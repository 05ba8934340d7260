import { reveal } from "@trestle/base";
import { type MessageLimits, type Segment, parseTimestamp, readMessage } from "@trestle/hl7v2";
import type { AllowedCodes, Hl7AtSite } from "@trestle/integration";
import type { Journal, MessageFacts, Outbox } from "@trestle/journal";
import { exampleOf } from "../example.ts";
import type { KnownCodes } from "../known-codes.ts";
import { Tally, type TalliedRecord } from "../tally.ts";

/** The messages of a site in a time window. */
export interface FieldSources {
  readonly site: string;
  readonly outbox: Pick<Outbox, "messages">;
  readonly journal: Pick<Journal, "get">;
  /** Milliseconds since 1970 UTC; inclusive, and exclusive. */
  readonly from: number;
  readonly to: number;
  readonly maxMessages: number;
  readonly limits: MessageLimits;
  readonly maxExamples: number;
  readonly knownIn: (table: string) => KnownCodes | undefined;
  readonly allowedBy: (allowed: AllowedCodes) => KnownCodes;
  readonly signal: AbortSignal;
}

/** What was seen of a field in the newest messages of its type. */
export interface FieldSeen {
  readonly tally: Tally;
  readonly messages: number;
}

/** Looks for each field in the messages of its type, each type read once. */
export async function readFields(
  fields: readonly Hl7AtSite[],
  sources: FieldSources,
): Promise<ReadonlyMap<Hl7AtSite, FieldSeen>> {
  const seen = new Map<Hl7AtSite, FieldSeen>();
  for (const [type, group] of Map.groupBy(fields, ({ message }) => message)) {
    const tallies = group.map((field) => ({ field, tally: new Tally(sources.maxExamples) }));
    let messages = 0;
    for await (const facts of messagesOf(type, sources)) {
      messages += 1;
      await addMessage(facts, tallies, sources);
    }
    for (const { field, tally } of tallies) seen.set(field, { tally, messages });
  }
  return seen;
}

async function* messagesOf(type: string, sources: FieldSources): AsyncGenerator<MessageFacts> {
  const { site, outbox, from, to, maxMessages, signal } = sources;
  let left = maxMessages;
  let before: MessageFacts["position"] | undefined;
  while (left > 0 && !signal.aborted) {
    const limit = Math.min(left, 200);
    const filter = { site, type, from, to, limit, disposition: "accepted" as const };
    const page = await outbox.messages({ ...filter, ...(before !== undefined && { before }) });
    yield* page;
    left -= page.length;
    before = page.at(-1)?.position;
    if (page.length < limit) return;
  }
}

async function addMessage(
  facts: MessageFacts,
  tallies: readonly { readonly field: Hl7AtSite; readonly tally: Tally }[],
  sources: FieldSources,
): Promise<void> {
  const { journal, limits } = sources;
  const entry = await journal.get(facts.position);
  if (entry === undefined) return;
  const read = readMessage(reveal(entry.raw), limits);
  if (!read.ok) return;
  const patient = facts.patientKey === undefined ? "" : reveal(facts.patientKey);
  for (const { field, tally } of tallies) {
    const name = field.field.slice(0, 3);
    const segments = read.value.all(name).filter((each) => isOfRow(each, field));
    // A message without the segment lacks what it would hold, but a row is in few messages.
    const isLacking = segments.length === 0 && field.rows === undefined;
    const texts = isLacking ? [undefined] : segments.map((each) => textAt(each, field));
    for (const text of texts)
      tally.add({
        patient: patient === "" ? `message ${facts.position}` : patient,
        where: `message ${facts.position}`,
        isFilled: text !== undefined,
        checked: text === undefined ? [] : checked(text, field, sources),
        at: facts.receivedAt,
      });
  }
}

function isOfRow(segment: Segment, { rows }: Hl7AtSite): boolean {
  if (rows === undefined) return true;
  const row = segment.field(3).component(1).text?.trim().toLowerCase();
  return rows.some((each) => each.trim().toLowerCase() === row);
}

/** The HL7 null asks to delete a value, and is none. */
function textAt(segment: Segment, { field }: Hl7AtSite): string | undefined {
  const [number = 0, component, subcomponent] = field.slice(4).split(".").map(Number);
  const whole = segment.field(number);
  if (whole.isNull) return undefined;
  if (component === undefined) return whole.text ?? (whole.isEmpty ? undefined : whole.raw);
  const part = whole.component(component);
  const text = subcomponent === undefined ? part.text : part.subcomponent(subcomponent).text;
  return text === undefined || text === "" ? undefined : text;
}

function checked(
  text: string,
  { table, field, allowed }: Hl7AtSite,
  { knownIn, allowedBy }: Pick<FieldSources, "knownIn" | "allowedBy">,
): TalliedRecord["checked"] {
  const value = exampleOf(text);
  const known = table === undefined ? undefined : knownIn(table);
  const isTime = timeFields.has(field);
  const checks = [
    known && { what: "table" as const, isWrong: !known.locals.has(text) },
    allowed && { what: "valueSet" as const, isWrong: !allowedBy(allowed).locals.has(text) },
    isTime && { what: "date" as const, isWrong: parseTimestamp(text) === undefined },
  ];
  return checks.flatMap((each) => (each ? [{ ...each, value }] : []));
}

/** Fields that hold a time and nothing else, of the segments that most messages have. */
const timeFields: ReadonlySet<string> = new Set([
  "MSH-7",
  "EVN-2",
  "PID-7",
  "PID-29",
  "PV1-44",
  "PV1-45",
  "ORC-9",
  "ORC-15",
  "OBR-7",
  "OBR-22",
  "OBX-14",
  "OBX-19",
]);
