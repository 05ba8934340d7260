import { describe, expect, test } from "vitest";
import { decodeMessage } from "../src/index.ts";

describe("the character set of MSH-18", () => {
  test.each([
    { declared: "", bytes: "c3a9", text: "é", charset: "utf-8" },
    { declared: "ASCII", bytes: "41", text: "A", charset: "utf-8" },
    { declared: "UNICODE UTF-8", bytes: "e282ac", text: "€", charset: "utf-8" },
    { declared: "unicode utf-8", bytes: "e282ac", text: "€", charset: "utf-8" },
    { declared: "UNICODE UTF-8~8859/1", bytes: "e282ac", text: "€", charset: "utf-8" },
    { declared: "8859/1", bytes: "e9", text: "é", charset: "windows-1252" },
    { declared: "8859/1", bytes: "80", text: "€", charset: "windows-1252" },
    { declared: "8859/2", bytes: "b3", text: "ł", charset: "iso-8859-2" },
    { declared: "8859/5", bytes: "d6", text: "ж", charset: "iso-8859-5" },
    { declared: "8859/7", bytes: "f9", text: "ω", charset: "iso-8859-7" },
    { declared: "8859/9", bytes: "f0", text: "ğ", charset: "windows-1254" },
    { declared: "8859/15", bytes: "a4", text: "€", charset: "iso-8859-15" },
    { declared: "GB 18030-2000", bytes: "cce5", text: "体", charset: "gb18030" },
  ])("$declared reads $bytes as $text", ({ declared, bytes, text, charset }) => {
    expect(decodeMessage(message(declared, bytes))).toEqual({
      ok: true,
      value: { text: `${header(declared)}\rNTE|1||${text}\r`, charset, warnings: [] },
    });
  });

  test("is found under any separators, behind a byte order mark, in MSH alone", () => {
    const text = `MSH*^!\\&*${"*".repeat(15)}8859/2!8859/1*\rNTE*`;
    const result = decodeMessage(Buffer.concat([Buffer.from(text), Buffer.from([0xb3])]));
    expect(result).toMatchObject({ ok: true, value: { charset: "iso-8859-2" } });
    const marked = Buffer.concat([Buffer.from("efbbbf", "hex"), message("KLINGON", "41")]);
    expect(decodeMessage(marked)).toMatchObject({ ok: false });
    const elsewhere = Buffer.from(`NTE|1\r${header("8859/2")}\r`);
    expect(decodeMessage(elsewhere)).toMatchObject({ ok: true, value: { charset: "utf-8" } });
  });

  test("that is not known is a problem", () => {
    const problem = { code: "hl7v2.unknownCharset", at: "MSH-18" };
    expect(decodeMessage(message("KLINGON", "41"))).toMatchObject({ ok: false, problem });
  });
});

describe("bytes that do not fit", () => {
  test("are windows-1252 where nothing is declared, with a warning", () => {
    expect(decodeMessage(message("", "e9"))).toMatchObject({
      ok: true,
      value: { charset: "windows-1252", warnings: [{ code: "hl7v2.guessedCharset" }] },
    });
  });

  test.each([
    { declared: "UNICODE UTF-8", bytes: "e9", text: "é", charset: "windows-1252" },
    { declared: "8859/7", bytes: "ff", text: "ÿ", charset: "windows-1252" },
    { declared: "8859/7", bytes: "d280", text: "Ҁ", charset: "utf-8" },
  ])("$declared are read as $charset, with a warning", ({ declared, bytes, text, charset }) => {
    const result = decodeMessage(message(declared, bytes));
    expect(result).toMatchObject({
      ok: true,
      value: { charset, warnings: [{ code: "hl7v2.wrongCharset" }] },
    });
    expect(result.ok && result.value.text).toContain(`NTE|1||${text}\r`);
  });

  test("that are none are an empty text", () => {
    expect(decodeMessage(new Uint8Array())).toMatchObject({ ok: true, value: { text: "" } });
  });
});

function header(declared: string): string {
  return `MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|P|2.5.1||||||${declared}`;
}

function message(declared: string, bytes: string): Buffer {
  const start = Buffer.from(`${header(declared)}\rNTE|1||`);
  return Buffer.concat([start, Buffer.from(bytes, "hex"), Buffer.from("\r")]);
}
