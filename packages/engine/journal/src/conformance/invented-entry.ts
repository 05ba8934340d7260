import { phi } from "@trestle/base";
import type { NewEntry } from "../journal.ts";

/** A message as a listener hands it over; invented, and told from others by its control id. */
export function inventedEntry(controlId: string): NewEntry {
  const raw = Buffer.from(`MSH|^${controlId}`);
  return {
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-000000000000",
    receivedAt: 1_767_225_600_000,
    remote: "127.0.0.1:50000",
    controlId,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: phi(new Uint8Array(raw)),
    receivedBytes: raw.byteLength,
  };
}
