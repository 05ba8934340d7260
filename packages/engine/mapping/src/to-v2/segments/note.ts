import { defineSegment } from "../rows/define-segment.ts";
import { type GroupMap, forEach } from "../rows/define-segment.ts";

/** @see HL7 v2.5.1, chapter 2.15.10 (NTE) */
const nte = defineSegment("note", {
  segment: "NTE",
  rows: [
    { to: "NTE-1", counts: true },
    {
      to: "NTE-3",
      from: ["Note.text", "Note", "Note.coding.display", "Note.coding.code"],
      takes: "first",
    },
  ],
});

/** An NTE for each note, or each text, at the end of a way. */
export function notes(from: string): GroupMap {
  return forEach("Note", from, { parts: [nte] });
}
