import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { createMapper, printBundle } from "../src/index.ts";
import { createComposer } from "../src/to-v2/index.ts";
import { factsOf } from "./facts.ts";
import { fromFhirCases, textIn } from "./from-fhir-cases.ts";
import { lakeshore } from "./lakeshore.ts";

const composer = createComposer();
const mapper = createMapper();
const leaving = fromFhirCases.filter(({ isRefused }) => !isRefused);

describe.each(leaving)("$name, mapped back,", ({ request, folder }) => {
  test("says what the bundle said, but for what is on disk with its reason", () => {
    const composed = composer.compose(request);
    if (!composed.ok) throw new TypeError("refused");
    const parsed = parseMessage(reveal(composed.value.text));
    if (!parsed.ok) throw new TypeError(parsed.problem.text);
    const mapped = mapper.map(parsed.value, lakeshore);
    if (mapped.warnings.some(({ code }) => code === "mapping.typeNotMapped")) {
      expect(notMappedBack.has(request.kind.slice(0, 3))).toBe(true);
      return;
    }
    const said = factsOf(JSON.parse(printBundle(request.bundle)));
    const back = factsOf(JSON.parse(printBundle(reveal(mapped.bundle))));
    const lost = [...said].filter((fact) => !back.has(fact)).sort();
    expect(lost).toEqual(
      differences(folder)
        .map(({ fact }) => fact)
        .sort(),
    );
  });

  test("has a reason for each difference", () => {
    expect(differences(folder).filter(({ because }) => because.length < 20)).toEqual([]);
  });
});

interface Difference {
  readonly fact: string;
  readonly because: string;
}

function differences(folder: string): readonly Difference[] {
  return JSON.parse(textIn(folder, "differences.json") || "[]") as readonly Difference[];
}

/** Families that no map reads on the way in: hospitals are asked by them and do not send them. */
const notMappedBack: ReadonlySet<string> = new Set(["DFT", "SRM", "VXU"]);
