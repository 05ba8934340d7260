import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScopes, printScopes, scopesCover } from "../../src/index.ts";
import { scopes } from "./generators.ts";

describe("reading", () => {
  test.each([
    { text: "user/Patient.read", means: "user/Patient.rs" },
    { text: "user/Patient.Read", means: "user/Patient.rs" },
    { text: "user/Patient.write", means: "user/Patient.cud" },
    { text: "patient/*.*", means: "patient/*.cruds" },
    { text: "system/Claim.uc", means: "system/Claim.cu" },
    { text: "User/Patient.RS", means: "user/Patient.rs" },
    { text: "user/X.r?b=2&a=1", means: "user/X.r?a=1&b=2" },
    { text: "user/X.r?a=y,x,y", means: "user/X.r?a=x,y" },
    { text: "user/X.r?a=1&a=1,2", means: "user/X.r?a=1" },
    { text: "user/X.r?", means: "user/X.r" },
    { text: "user/X.r?a=http%3A%2F%2Fs%7Cv", means: "user/X.r?a=http://s|v" },
    { text: String.raw`user/X.r?a=y\\,x`, means: "user/X.r?a=x,y%5C%5C" },
    { text: String.raw`user/X.r?a=y\,x`, means: "user/X.r?a=y%5C,x" },
    { text: "user/X.r?a=50%", means: "user/X.r?a=50%25" },
  ])("takes $text for $means", ({ text, means }) => {
    expect(printScopes(parseScopes(text))).toBe(means);
  });

  test("writes half of a character as the sign for what cannot be read", () => {
    expect(printScopes(parseScopes("user/X.r?a=\u{D800}"))).toBe("user/X.r?a=%EF%BF%BD");
  });

  test.each([
    "Patient.read",
    "user/Patient.search2",
    "user/Patient.reader",
    "user/Patient.x",
    "launch/patient",
    "user/.r",
    "user/X.",
    "x/Y.r",
  ])("keeps %s as the word that it is", (text) => {
    expect(parseScopes(` ${text}\n`)).toEqual([{ kind: "word", text }]);
  });

  test("any text is read, and what it was read as is written without loss", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const printed = printScopes(parseScopes(text));
        expect(printScopes(parseScopes(printed))).toBe(printed);
      }),
    );
  });
});

describe("writing", () => {
  test("version 2 gives back exactly what was meant", () => {
    fc.assert(
      fc.property(scopes, (given) => {
        const again = parseScopes(printScopes(given));
        expect(scopesCover(again, given) && scopesCover(given, again)).toBe(true);
      }),
    );
  });

  test("version 1 covers what was meant", () => {
    fc.assert(
      fc.property(scopes, (given) => {
        expect(scopesCover(parseScopes(printScopes(given, "v1")), given)).toBe(true);
      }),
    );
  });

  test.each([
    { given: "user/X.r", v1: "user/X.read" },
    { given: "user/X.cruds", v1: "user/X.read user/X.write" },
    { given: "user/X.rs?a=1 user/X.rs?a=2 openid", v1: "user/X.read openid" },
  ])("version 1 says $v1 for $given", ({ given, v1 }) => {
    expect(printScopes(parseScopes(given), "v1")).toBe(v1);
  });

  test("a scope holds no character that OAuth forbids in one", () => {
    fc.assert(
      fc.property(scopes, (given) => {
        const text = printScopes(given.filter(({ kind }) => kind === "resource"));
        expect(text).toMatch(/^[\u{21}\u{23}-\u{5B}\u{5D}-\u{7E} ]*$/u);
      }),
    );
  });
});
