import { reveal } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { parseMessage, unescapeText } from "@trestle/hl7v2";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ComposeRequest, createComposer, messageKinds } from "../src/to-v2/index.ts";
import { bundleIn, fromFhirCases, requestOf } from "./from-fhir-cases.ts";

const composer = createComposer();
const leaving = fromFhirCases.filter(({ isRefused }) => !isRefused);

/** Texts that would be structure, or that no message may hold. */
const text = fc.oneof(
  fc.constantFrom(
    "|",
    "^",
    "~",
    "&",
    "\\",
    '""',
    "a\r\nb",
    "\rPID|1",
    "\u{0}",
    "\u{1C}\r",
    "\u{D800}",
    "\\F\\",
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const anything = fc.oneof(
  text,
  fc.constant(null),
  fc.integer(),
  fc.boolean(),
  fc.constant([]),
  fc.constant({}),
  fc.anything(),
);

/** A case's bundle with one leaf exchanged. */
function disturbed(content: fc.Arbitrary<unknown>) {
  return fc
    .record({ chosen: fc.constantFrom(...leaving), at: fc.nat(), content })
    .map(({ chosen, at, content: value }): ComposeRequest => {
      const bundle = structuredClone(JSON.parse(JSON.stringify(chosen.request.bundle))) as Bundle;
      const leaves = leavesOf(bundle.entry, []);
      const path = leaves[at % leaves.length] ?? [];
      put(bundle.entry, path, value);
      return { ...chosen.request, bundle };
    });
}

describe("whatever a bundle holds,", () => {
  test("it is refused or becomes a message that parses again, and does so twice", () => {
    fc.assert(
      fc.property(disturbed(anything), fc.constantFrom(...messageKinds), (request, kind) => {
        for (const each of [request, { ...request, kind }]) {
          const once = composer.compose(each);
          const again = composer.compose(each);
          if (!once.ok || !again.ok) {
            expect(once).toEqual(again);
            continue;
          }
          expect(parseMessage(reveal(once.value.text)).ok).toBe(true);
          expect(reveal(once.value.text)).toBe(reveal(again.value.text));
        }
      }),
      { numRuns: 300, seed: 4711 },
    );
  });

  test("no text of it changes the structure of the message, nor is changed by it", () => {
    fc.assert(
      fc.property(disturbed(text), (request) => {
        const composed = composer.explain(request);
        if (!composed.ok) return;
        const raw = reveal(composed.value.text);
        const parsed = parseMessage(raw);
        if (!parsed.ok) throw new TypeError(parsed.problem.text);
        // Every segment of the text was made as one, and every value stands where its source says.
        const fields = composed.value.sources.map(({ field }) => field);
        expect(new Set(fields).size).toBe(fields.length);
        const names = new Set(fields.map((field) => field.replace(/-.*$/u, "")));
        const written = parsed.value.segments.map(({ at }) => at);
        expect([...names]).toEqual(written);
        expect(/[\p{Cc}--\r]/v.test(raw)).toBe(false);
      }),
      { numRuns: 300, seed: 4712 },
    );
  });
});

test.each(["|", "^", "~", "&", "\\", "a|b^c~d&e\\f", "\\F\\", '""', "line\nline", "ünïcödé 漢字"])(
  "%j comes back from a message as it was",
  (value) => {
    const composed = composer.compose(withComment(value));
    if (!composed.ok) throw new TypeError("refused");
    const parsed = parseMessage(reveal(composed.value.text));
    if (!parsed.ok) throw new TypeError(parsed.problem.text);
    const [note] = parsed.value.all("NTE");
    expect(unescapeText(note?.field(3).raw ?? "", parsed.value.separators)).toBe(value);
  },
);

test("numbers keep the digits they were written with", () => {
  const written = ["6.10", "0.50", "100", "-0.0", "1.20e2", "5E-3"];
  const read = ["6.10", "0.50", "100", "-0.0", "120", "0.005"];
  const chosen = leaving.find(({ name }) => name === "oru-r01-pdf-report");
  const json = JSON.stringify(chosen?.request.bundle);
  const found = written.map((digits) => {
    const bundle = bundleIn(json.replace('"value":6.9', `"value":${digits}`));
    const composed = composer.compose(requestOf(bundle, { kind: "ORU^R01" }));
    const parsed = parseMessage(composed.ok ? reveal(composed.value.text) : "");
    return parsed.ok ? parsed.value.get("OBX-5") : undefined;
  });
  expect(found).toEqual(read);
});

function withComment(comment: string): ComposeRequest {
  const chosen = leaving.find(({ name }) => name === "siu-s12-booked");
  const bundle = JSON.parse(JSON.stringify(chosen?.request.bundle)) as Bundle;
  for (const { resource } of bundle.entry ?? []) {
    if (resource?.resourceType === "Appointment") Object.assign(resource, { comment });
  }
  return requestOf(bundle, { kind: "SIU" });
}

function leavesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

function put(root: unknown, path: readonly string[], value: unknown): void {
  let owner = root as Record<string, unknown>;
  for (const step of path.slice(0, -1)) owner = owner[step] as Record<string, unknown>;
  owner[path.at(-1) ?? ""] = value;
}
