import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createMapper, printBundle } from "../src/index.ts";
import { cases } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { r4Problems } from "./r4.ts";

const mapper = createMapper();

/** What senders put where something else belongs. */
const content = fc.oneof(
  fc.constantFrom("", '""', "^", "^^^", "~", "&", "^&^", "\\E\\", "\\X", "0", "-", "20260230"),
  fc.stringMatching(/^[A-Za-z0-9^&~. -]{0,40}$/u),
  fc.string({ unit: "grapheme", maxLength: 20 }),
);

/** A case's message with one field after the header exchanged. */
const disturbed = fc
  .record({
    chosen: fc.constantFrom(...cases),
    at: fc.tuple(fc.nat(), fc.nat()),
    content,
  })
  .map(({ chosen, at: [line, field], content: text }) => {
    const lines = chosen.message.segments.map(({ raw }) => raw.split("|"));
    const segment = lines[1 + (line % (lines.length - 1))] ?? [];
    segment[1 + (field % Math.max(1, segment.length - 1))] = text;
    return lines.map((fields) => fields.join("|")).join("\r");
  });

test("whatever one field holds, the message maps to valid R4 or to nothing, and does so twice", () => {
  fc.assert(
    fc.property(disturbed, (text) => {
      const parsed = parseMessage(text);
      if (!parsed.ok) return;
      const once = mapper.map(parsed.value, lakeshore);
      expect(r4Problems(reveal(once.bundle))).toEqual([]);
      const again = mapper.map(parsed.value, lakeshore);
      expect(JSON.stringify(reveal(again.bundle))).toBe(JSON.stringify(reveal(once.bundle)));
    }),
    { numRuns: 400, seed: 4711 },
  );
});

test("what a mapper remembers of earlier messages changes no result", () => {
  fc.assert(
    fc.property(fc.array(disturbed, { minLength: 1, maxLength: 6 }), (texts) => {
      for (const text of texts) {
        const parsed = parseMessage(text);
        if (!parsed.ok) continue;
        const remembered = mapper.map(parsed.value, lakeshore);
        const anew = createMapper({ maxRemembered: 1 }).map(parsed.value, lakeshore);
        expect(JSON.stringify(reveal(remembered.bundle))).toBe(JSON.stringify(reveal(anew.bundle)));
        expect(remembered.warnings).toEqual(anew.warnings);
        expect(printBundle(reveal(remembered.bundle))).toBe(JSON.stringify(reveal(anew.bundle)));
      }
    }),
    { numRuns: 150, seed: 4711 },
  );
});

test.each([
  { field: "PID-8", table: "gender", name: "adt-a01-admission" },
  { field: "PV1-2", table: "patient-class", name: "adt-a01-admission" },
  { field: "OBX-6", table: "units", name: "oru-r01-lab-results" },
])(
  "a code of $field without a row in $table is passed on with a warning",
  ({ field, table, name }) => {
    const [segmentName = "", number = ""] = field.split("-");
    const message = cases.find((each) => each.name === name)?.message;
    const known = warningsOf(message?.segments.map(({ raw }) => raw) ?? [], table);
    fc.assert(
      fc.property(fc.stringMatching(/^zz[a-z]{4,8}$/u), (code) => {
        const lines = (message?.segments ?? []).map(({ raw }) => {
          const fields = raw.split("|");
          if (fields[0] === segmentName) fields[Number(number)] = code;
          return fields.join("|");
        });
        expect(warningsOf(lines, table)).toBeGreaterThan(known);
      }),
      { numRuns: 20 },
    );
  },
);

function warningsOf(lines: readonly string[], table: string): number {
  const parsed = parseMessage(lines.join("\r"));
  if (!parsed.ok) throw new TypeError(parsed.problem.text);
  const { warnings } = mapper.map(parsed.value, lakeshore);
  return warnings.filter(({ text }) => text.includes(table)).length;
}
