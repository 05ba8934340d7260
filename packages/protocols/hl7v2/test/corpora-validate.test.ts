import { expect, test } from "vitest";
import { Segment, describeMessage, segmentLabel } from "../src/index.ts";
import { type Group, groupMessage } from "../src/knowledge/index.ts";
import { createValidator } from "../src/validate/index.ts";
import { corpusMessages, isCorpusHere } from "./corpus.ts";

if (!isCorpusHere) {
  process.stdout.write("skipped: the messages under ../shared/corpora/hl7 are not here\n");
}

test.skipIf(!isCorpusHere)("each message of the corpora is grouped in full and validated", () => {
  const validate = createValidator();
  const families = new Map<
    string,
    { messages: number; error: number; warning: number; note: number }
  >();
  for (const message of corpusMessages()) {
    const { root } = groupMessage(message);
    expect(countOf(root)).toBe(message.segments.length);
    const { counts, findings, omitted } = validate(message);
    const { error, warning, note } = counts;
    expect(error + warning + note).toBe(findings.length + omitted);
    for (const { at, text, hint } of findings) {
      // Each is said of a segment that is there, and leads to the place.
      expect(message.part(at.replace(/-.*$/u, "")), at).toBeDefined();
      expect(
        [text, hint].every((words) => words !== ""),
        at,
      ).toBe(true);
    }
    expect(validate(message)).toEqual({ counts, findings, omitted });
    const [family = ""] = message.type.split("^");
    const sum = families.get(family) ?? { messages: 0, error: 0, warning: 0, note: 0 };
    sum.messages += 1;
    for (const level of ["error", "warning", "note"] as const) sum[level] += counts[level];
    families.set(family, sum);
  }
  expect(families.size).toBeGreaterThan(5);
  for (const [family, { messages, error, warning, note }] of families) {
    process.stdout.write(
      `${family}: messages ${messages}, errors ${error}, warnings ${warning}, notes ${note}\n`,
    );
  }
});

test.skipIf(!isCorpusHere)("each segment and field that the standard names has its name", () => {
  const nameless = new Set<string>();
  let named = 0;
  for (const message of corpusMessages()) {
    for (const { at, label, children } of describeMessage(message)) {
      if (at.startsWith("Z")) continue;
      for (const node of [{ at, label }, ...children]) {
        if (node.label === "") nameless.add(node.at.replaceAll(/\[\d+\]/gu, ""));
        else named += 1;
      }
    }
  }
  expect(named).toBeGreaterThan(1_000);
  // What no version has: segments of other names than the standard's, and fields behind the last.
  const known = [...nameless].filter((at) => segmentLabel(at) !== undefined);
  expect(known).toEqual([]);
  process.stdout.write(`named ${named}; in no version: ${[...nameless].join(", ") || "none"}\n`);
});

function countOf({ members }: Group): number {
  return members.reduce(
    (sum, member) => sum + (member instanceof Segment ? 1 : countOf(member)),
    0,
  );
}
