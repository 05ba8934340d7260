import { reveal } from "@trestle/base";
import { type Hl7Message, describeMessage, parseMessage } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { type ComposedExplained, createComposer } from "../src/to-v2/index.ts";
import { fromFhirCases } from "./from-fhir-cases.ts";

const composer = createComposer();
const leaving = fromFhirCases.filter(({ isRefused }) => !isRefused);

describe.each(leaving)("the explanation of $name", ({ request }) => {
  const { message, sources, text } = explained();

  test("is of the message that is composed", () => {
    const composed = composer.compose(request);
    expect(composed.ok && reveal(composed.value.text)).toBe(text);
  });

  test("names each value of the message once, in its order", () => {
    const fields = sources.map(({ field }) => field);
    expect(fields).toEqual([...new Set(fields)]);
    // MSH-1 and MSH-2 are the separators themselves.
    const written = leavesOf(message).filter((at) => at !== "MSH-1" && at !== "MSH-2");
    expect(fields.map(plain).sort()).toEqual(written.sort());
  });

  test("says of each value where it came from", () => {
    const silent = sources.filter(({ path, rule }) => path === undefined && rule === undefined);
    expect(silent).toEqual([]);
  });

  test("names elements that the request has", () => {
    const roots = { header: request.header, kind: {}, entry: request.bundle.entry };
    const missing = sources.flatMap(({ path }) => {
      if (path === undefined || path.startsWith("kind.") || path === "header.version") return [];
      return valueAt(roots, path) === undefined ? [path] : [];
    });
    expect(missing).toEqual([]);
  });

  function explained(): Pick<ComposedExplained, "sources"> & { message: Hl7Message; text: string } {
    const composed = composer.explain(request);
    if (!composed.ok) throw new TypeError("refused");
    const printed = reveal(composed.value.text);
    const parsed = parseMessage(printed);
    if (!parsed.ok) throw new TypeError(parsed.problem.text);
    return { message: parsed.value, text: printed, sources: composed.value.sources };
  }
});

/** Every place of a message that holds something, as `describeMessage` knows it. */
function leavesOf(message: Hl7Message): string[] {
  const leaves = (nodes: ReturnType<typeof describeMessage>): string[] =>
    nodes.flatMap(({ at, children }) => (children.length === 0 ? [plain(at)] : leaves(children)));
  return leaves(describeMessage(message));
}

/** A first component or subcomponent that stands alone is the whole, and the first repetition is not numbered. */
function plain(at: string): string {
  return at.replace(/(?<=-\d+)\[0\]/u, "").replace(/(?:\.1)+$/u, "");
}

function valueAt(roots: object, path: string): unknown {
  const steps = path.replaceAll(/\[(?<index>\d+)\]/gu, ".$<index>").split(".");
  return steps.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    roots,
  );
}
