import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Scope,
  differenceOfScopes,
  minimalScopes,
  parseScopes,
  printScopes,
  scopesCover,
  unionOfScopes,
} from "../../src/index.ts";
import { accessTo, allow, scopes } from "./generators.ts";

const lab = "category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

describe("the minimal set", () => {
  test.each([
    { given: "user/A.r user/A.s", minimal: "user/A.rs" },
    { given: "user/A.read user/A.Read user/A.rs", minimal: "user/A.rs" },
    { given: "user/*.rs user/A.r", minimal: "user/*.rs" },
    { given: "user/*.r user/A.rs", minimal: "user/*.r user/A.s" },
    { given: `user/Observation.rs user/Observation.rs?${lab}`, minimal: "user/Observation.rs" },
    { given: `user/O.r?a=1 user/O.r?a=1,2`, minimal: "user/O.r?a=1,2" },
    { given: `user/O.r?a=1&b=2 user/O.r?a=1`, minimal: "user/O.r?a=1" },
    { given: "user/A.r patient/A.r system/A.r", minimal: "patient/A.r system/A.r user/A.r" },
    { given: "openid launch openid", minimal: "launch openid" },
    { given: "Patient.read Patient.search", minimal: "Patient.read Patient.search" },
    { given: "", minimal: "" },
  ])("of $given is $minimal", ({ given, minimal }) => {
    expect(printScopes(minimalScopes(parseScopes(given)))).toBe(minimal);
  });

  test("allows the same as what it was made from", () => {
    holds(scopes, scopes, (a) => {
      expect(scopesCover(minimalScopes(a), a)).toBe(true);
      expect(scopesCover(a, minimalScopes(a))).toBe(true);
    });
  });

  test("is its own minimal set, and none of it is covered by the rest", () => {
    holds(scopes, scopes, (a) => {
      const minimal = minimalScopes(a);
      expect(minimalScopes(minimal)).toEqual(minimal);
      for (const [index, scope] of minimal.entries()) {
        const rest = minimal.filter((_, at) => at !== index);
        expect(differenceOfScopes([scope], rest)).toEqual([scope]);
      }
    });
  });

  test("is equal for equal rights, whatever their order", () => {
    const shuffled = scopes.chain((a) =>
      fc.tuple(fc.constant(a), fc.shuffledSubarray(a, { minLength: a.length })),
    );
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        expect(minimalScopes(b)).toEqual(minimalScopes(a));
      }),
    );
  });
});

describe("union, difference and cover", () => {
  test("a union covers both, and nothing that covers both lacks any of it", () => {
    fc.assert(
      fc.property(scopes, scopes, scopes, (a, b, c) => {
        const union = unionOfScopes(a, b);
        expect(scopesCover(union, a) && scopesCover(union, b)).toBe(true);
        expect(scopesCover([...a, ...b, ...c], union)).toBe(true);
      }),
    );
  });

  test("a union is minimal", () => {
    holds(scopes, scopes, (a, b) => {
      const union = unionOfScopes(a, b);
      expect(minimalScopes(union)).toEqual(union);
    });
  });

  test("each allows what it should, access by access", () => {
    const likely = fc.tuple(scopes, scopes).chain(([a, b]) => {
      return fc.tuple(fc.constant(a), fc.constant(b), accessTo([...a, ...b]));
    });
    fc.assert(
      fc.property(likely, ([a, b, wanted]) => {
        const allows = (given: readonly Scope[]) => allow(given, wanted);
        expect(allows(minimalScopes(a))).toBe(allows(a));
        expect(allows(unionOfScopes(a, b))).toBe(allows(a) || allows(b));
        expect(allows(a)).toBe(allows(a) && (allows(b) || allows(differenceOfScopes(a, b))));
        if (allows(differenceOfScopes(a, b))) expect(allows(a)).toBe(true);
        if (scopesCover(b, a) && allows(a)) expect(allows(b)).toBe(true);
        expect(allows(parseScopes(printScopes(a)))).toBe(allows(a));
      }),
      { numRuns: 1000 },
    );
  });

  test("what is given and what is missing together cover what was wanted", () => {
    holds(scopes, scopes, (wanted, given) => {
      const missing = differenceOfScopes(wanted, given);
      expect(scopesCover([...given, ...missing], wanted)).toBe(true);
      expect(scopesCover(wanted, missing)).toBe(true);
      expect(differenceOfScopes(missing, given)).toEqual(missing);
    });
  });

  test("a difference from nothing is the minimal set, and from itself is nothing", () => {
    holds(scopes, scopes, (a) => {
      expect(differenceOfScopes(a, [])).toEqual(minimalScopes(a));
      expect(differenceOfScopes(a, a)).toEqual([]);
    });
  });

  test("cover is passed on: what covers a cover covers", () => {
    fc.assert(
      fc.property(scopes, scopes, scopes, (a, b, c) => {
        const wider = [...a, ...b];
        expect(scopesCover([...wider, ...c], wider) && scopesCover(wider, a)).toBe(true);
        expect(scopesCover([...wider, ...c], a)).toBe(true);
      }),
    );
  });

  test.each([
    { given: "user/*.cruds", wanted: `user/Observation.rs?${lab}`, covers: true },
    { given: `user/Observation.rs?${lab}`, wanted: "user/Observation.rs", covers: false },
    { given: "user/A.read", wanted: "user/A.rs", covers: true },
    { given: "user/A.rs", wanted: "user/A.read", covers: true },
    { given: "user/A.write", wanted: "user/A.c", covers: true },
    { given: "user/A.r user/A.s", wanted: "user/A.rs", covers: true },
    { given: "user/A.rs", wanted: "patient/A.rs", covers: false },
    { given: "user/A.rs user/B.rs", wanted: "user/*.rs", covers: false },
    { given: "Patient.read", wanted: "user/Patient.read", covers: false },
    { given: "user/O.r?a=2,1", wanted: "user/O.r?a=1,2", covers: true },
    { given: "user/O.r?a=1", wanted: "user/O.r?a=1,2", covers: false },
    { given: "user/O.r?a=1", wanted: "user/O.r?b=3&a=1", covers: true },
    { given: "user/O.r?a=1", wanted: "user/O.r?b=1", covers: false },
    { given: "user/O.r?a=1&b=2", wanted: "user/O.r?a=1", covers: false },
    { given: "user/*.r?a=1", wanted: "user/O.r?a=1", covers: true },
    { given: "user/O.c user/O.r user/O.s user/O.u", wanted: "user/O.write", covers: false },
    { given: "user/O.c user/O.u user/O.d", wanted: "user/O.write", covers: true },
  ])("$given covers $wanted: $covers", ({ given, wanted, covers }) => {
    expect(scopesCover(parseScopes(given), parseScopes(wanted))).toBe(covers);
  });

  test("a long list of granular grants is still quick to compare", () => {
    const many = Array.from({ length: 4000 }, (_, at) => `user/T${at}.rs user/T${at}.rs?a=${at}`);
    const given = parseScopes(many.join(" "));
    const startedAt = performance.now();
    expect(minimalScopes(given)).toHaveLength(4000);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

function holds(
  one: fc.Arbitrary<Scope[]>,
  two: fc.Arbitrary<Scope[]>,
  check: (a: readonly Scope[], b: readonly Scope[]) => void,
): void {
  fc.assert(fc.property(one, two, check));
}
