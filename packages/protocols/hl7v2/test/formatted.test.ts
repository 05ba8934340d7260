import { describe, expect, test } from "vitest";
import { plainText, readFormattedText, standardSeparators, unescapeText } from "../src/index.ts";

describe("formatted text", () => {
  test.each([
    { raw: "a\\.br\\b", text: "a\nb" },
    { raw: "a\\.sp\\b\\.sp3\\c", text: "a\nb\n\n\nc" },
    { raw: "\\.in+4\\a\\.br\\b\\.in0\\\\.br\\c", text: "    a\n    b\nc" },
    { raw: "\\.ti2\\a\\.br\\b", text: "  a\nb" },
    { raw: "\\.in4\\\\.ti-2\\a\\.br\\b", text: "  a\n    b" },
    { raw: "a\\.sk3\\b", text: "a   b" },
    { raw: "\\.ce\\Title\\.ce\\", text: "\nTitle\n" },
    { raw: "\\.nf\\a \\H\\b\\N\\ c\\.fi\\", text: "a b c" },
    { raw: "x\\T\\y \\X41\\\\Zsite\\\\.xx\\\\C2842\\", text: "x&y A\\Zsite\\\\.xx\\" },
    { raw: "\\.in99999\\a\\.sp99999\\", text: `${" ".repeat(100)}a${"\n".repeat(101)}` },
    { raw: "", text: "" },
  ])("as plain lines: $raw", ({ raw, text }) => {
    expect(plainText(readFormattedText(raw, standardSeparators))).toBe(text);
  });

  test("says what each piece is", () => {
    const raw = "a\\H\\b\\N\\\\.ce\\\\.sp2\\\\.in-1\\\\.nf\\\\C2842\\\\M242842\\\\Zx\\\\.qq\\";
    expect(readFormattedText(raw, standardSeparators)).toEqual([
      { is: "text", text: "a", isHighlighted: false },
      { is: "text", text: "b", isHighlighted: true },
      { is: "break", emptyLines: 0, isCentred: true },
      { is: "break", emptyLines: 1, isCentred: false },
      { is: "indent", by: -1, isForOneLine: false },
      { is: "wrapping", isOn: false },
      { is: "characterSet", escape: "2842", isMultiByte: false },
      { is: "characterSet", escape: "242842", isMultiByte: true },
      { is: "unknown", raw: "\\Zx\\" },
      { is: "unknown", raw: "\\.qq\\" },
    ]);
  });
});

describe("the truncation character", () => {
  const separators = { ...standardSeparators, truncation: "#" };

  test("is \\P\\ where MSH-2 declares it", () => {
    expect(unescapeText("a\\P\\b#", separators)).toBe("a#b#");
  });

  test("is unknown where MSH-2 does not", () => {
    expect(unescapeText("a\\P\\b", standardSeparators)).toBe("a\\P\\b");
  });
});
