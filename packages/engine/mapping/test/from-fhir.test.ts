import { existsSync } from "node:fs";
import { join } from "node:path";
import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { createValidator } from "@trestle/hl7v2/validate";
import { describe, expect, test } from "vitest";
import { createComposer, messageKinds } from "../src/to-v2/index.ts";
import { fromFhirCases } from "./from-fhir-cases.ts";
import { r4Problems } from "./r4.ts";

const composer = createComposer();
const validate = createValidator();
const leaving = fromFhirCases.filter(({ isRefused }) => !isRefused);
const refused = fromFhirCases.filter(({ isRefused }) => isRefused);

// `vitest run packages/engine/mapping --update` writes the files anew. Read what changed.
describe.each(leaving)("$name", ({ request, folder }) => {
  const composed = composer.explain(request);

  test("becomes the message on disk", async () => {
    expect(composed.ok ? [] : composed.problem).toEqual([]);
    const text = composed.ok ? reveal(composed.value.text).replaceAll("\r", "\n") : "";
    await expect(text).toMatchFileSnapshot(join(folder, "message.hl7"));
  });

  test("tells of what is on disk and of nothing else", async () => {
    if (!composed.ok) throw new TypeError("refused");
    const { warnings, leftOut } = composed.value;
    const lines = [
      ...warnings.map(({ code, text }) => `${code}: ${text}\n`),
      ...leftOut.map((path) => `left out: ${path}\n`),
    ];
    const file = join(folder, "warnings.txt");
    if (lines.length > 0) await expect(lines.join("")).toMatchFileSnapshot(file);
    expect(existsSync(file)).toBe(lines.length > 0);
  });

  test("draws no warning from the standard, but for codes of the site", () => {
    const parsed = composed.ok ? parseMessage(reveal(composed.value.text)) : composed;
    if (!parsed.ok) throw new TypeError("no message");
    const warnings = validate(parsed.value).findings.filter(({ level }) => level === "warning");
    const told = warnings.filter(({ code, at }) => !isOfSite(code) && !isNoteOfDose(request, at));
    expect(told).toEqual([]);
  });

  test("is made of valid R4", () => {
    expect(r4Problems(request.bundle)).toEqual([]);
  });
});

describe.each(refused)("$name", ({ request, folder }) => {
  test("does not leave, for the reasons on disk", async () => {
    const composed = composer.compose(request);
    const found = composed.ok ? [] : composed.problem;
    const lines = found.map(({ code, text, hint }) => `${code}: ${text} ${hint}\n`);
    expect(lines).not.toEqual([]);
    await expect(lines.join("")).toMatchFileSnapshot(join(folder, "problems.txt"));
  });
});

test("each kind has a case that leaves and a refusal", () => {
  const families = new Set(messageKinds.map((kind) => kind.slice(0, 3)));
  for (const cases of [leaving, refused]) {
    expect(new Set(cases.map(({ request }) => request.kind.slice(0, 3)))).toEqual(families);
  }
});

function isOfSite(code: string): boolean {
  return code === "hl7v2.unknownCode";
}

/** HL7 has no place for the note of a dose; receivers read it where that of an order stands. */
function isNoteOfDose({ kind }: { readonly kind: string }, at: string | undefined): boolean {
  return kind === "VXU^V04" && at?.startsWith("NTE") === true;
}
