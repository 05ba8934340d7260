import { phi } from "@trestle/base";
import { defaultLimits } from "@trestle/hl7v2";
import type { Disposition, Entry, NewEntry, Position } from "@trestle/journal";
import { type Mapper, codeTables, createMapper } from "@trestle/mapping";
import { FakeClock } from "@trestle/testkit";
import type { Processing, RouteTo } from "../src/index.ts";

/** A message of one invented patient. */
export function messageOf(type: string, controlId: string, patient = "900001"): string {
  return [
    `MSH|^~\\&|SENDER|TH|TRESTLE|TRESTLE|20260115103015||${type}|${controlId}|T|2.5.1`,
    `EVN|${type.slice(4)}|20260115103015`,
    `PID|1||${patient}^^^TH^MR||Beam^Ada||19800229|F`,
    "PV1|1|I|4W^12^A",
  ].join("\r");
}

/** Such a message as the journal takes it. */
export function newEntry(controlId: string, change: Partial<NewEntry> & { text?: string } = {}) {
  const { text = messageOf("ADT^A08", controlId), ...facts } = change;
  const raw = Buffer.from(text);
  const entry: NewEntry = {
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-received",
    receivedAt: 1_768_500_000_000,
    remote: "127.0.0.1:50000",
    controlId,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: phi(raw),
    receivedBytes: raw.byteLength,
    ...facts,
  };
  return entry;
}

/** The same as the journal gives it back. */
export function entryAt(
  position: number,
  change: Partial<NewEntry> & { text?: string } = {},
): Entry {
  return { ...newEntry(`c${position}`, change), position: position as Position };
}

/** What an entry needs that was not taken. */
export function refused(disposition: Disposition): Partial<NewEntry> {
  const reason = { code: "x.y", text: "No.", hint: "Ask." };
  return { disposition, answer: "AR", reason };
}

/** Processing by the real mapper. */
export function processingOf(
  routes: readonly RouteTo[],
  mapper: Mapper = createMapper(),
): Processing {
  const tables = codeTables(new Map());
  return {
    revision: "h-processing",
    mapperFor: () => mapper,
    siteOf: (id) => (id === "gone" ? undefined : { id, timeZone: "UTC", tables }),
    routesOf: (channel) => (channel === "adt-in" ? routes : []),
    limits: defaultLimits,
    clock: new FakeClock(1_768_500_001_000),
  };
}
