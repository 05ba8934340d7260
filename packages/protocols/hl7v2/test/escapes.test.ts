import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, standardSeparators, unescapeText } from "../src/index.ts";
import { anySeparators, anyText } from "./written.ts";

describe("escaping", () => {
  test.each([
    { text: "a|b^c&d~e\\f", raw: "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f" },
    { text: "one\ntwo\rthree", raw: "one\\.br\\two\\X0D\\three" },
    { text: "Grüße, 体温 38 °C", raw: "Grüße, 体温 38 °C" },
    { text: "", raw: "" },
  ])("writes $raw", ({ text, raw }) => {
    expect(escapeText(text, standardSeparators)).toBe(raw);
    expect(unescapeText(raw, standardSeparators)).toBe(text);
  });

  test("and unescaping give back any text, under any separators", () => {
    fc.assert(
      fc.property(anyText, anySeparators, (text, separators) => {
        expect(unescapeText(escapeText(text, separators), separators)).toBe(text);
      }),
    );
  });

  test("leaves nothing that a parser would take for structure, under any separators", () => {
    fc.assert(
      fc.property(anyText, anySeparators, (text, separators) => {
        const { field, component, repetition, subcomponent } = separators;
        const structure = [field, component, repetition, subcomponent, "\r", "\n"];
        const raw = escapeText(text, separators);
        expect(structure.filter((mark) => raw.includes(mark))).toEqual([]);
      }),
    );
  });

  test("writes spaces where the message has no escape character", () => {
    const separators = { ...standardSeparators, escape: "", subcomponent: "" };
    expect(escapeText("a|b^c~d&e\\f\rg", separators)).toBe("a b c d&e\\f g");
    expect(unescapeText("a\\F\\b", separators)).toBe("a\\F\\b");
  });
});

describe("unescaping", () => {
  test.each([
    { what: "highlighting", raw: "a \\H\\b\\N\\ c", text: "a b c" },
    { what: "one byte", raw: "\\X41\\", text: "A" },
    { what: "several bytes", raw: "\\X0D0A\\", text: "\r\n" },
    { what: "bytes that are UTF-8", raw: "\\XC3A9\\\\XE282AC\\", text: "é€" },
    { what: "bytes that are not UTF-8", raw: "\\XE9\\\\X80\\", text: "é€" },
    { what: "small letters in hexadecimal", raw: "\\X0a\\", text: "\n" },
  ])("reads $what", ({ raw, text }) => {
    expect(unescapeText(raw, standardSeparators)).toBe(text);
  });

  test.each([
    "\\Zsite\\",
    "\\C2842\\",
    "\\M1B2442\\",
    "\\.sp3\\",
    "\\.in+4\\",
    "\\X4\\",
    "\\XZZ\\",
    "\\f\\",
    "\\\\",
    "50 \\ 100",
    "the end\\",
  ])("keeps what it does not know: %s", (raw) => {
    expect(unescapeText(raw, standardSeparators)).toBe(raw);
  });

  test.each([
    { raw: "C:\\notes \\T\\ C:\\labs", text: "C:\\notes & C:\\labs" },
    { raw: "\\Zsite\\F\\T\\", text: "\\Zsite\\F&" },
  ])("reads the sequence behind what it does not know: $raw", ({ raw, text }) => {
    expect(unescapeText(raw, standardSeparators)).toBe(text);
  });
});
