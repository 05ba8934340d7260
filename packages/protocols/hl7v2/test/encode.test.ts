import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hl7Message, encodeMessage, parseMessage, readMessage } from "../src/index.ts";
import { parsed } from "./written.ts";

/** One text for each set that has more than ASCII, and how a sender writes it. */
const sets = [
  { declared: "UNICODE UTF-8", charset: "utf-8", text: "é€体", hex: "c3a9e282ace4bd93" },
  { declared: "8859/1", charset: "windows-1252", text: "é", hex: "e9" },
  { declared: "8859/2", charset: "iso-8859-2", text: "łó", hex: "b3f3" },
  { declared: "8859/3", charset: "iso-8859-3", text: "ĥ", hex: "b6" },
  { declared: "8859/4", charset: "iso-8859-4", text: "ķ", hex: "f3" },
  { declared: "8859/5", charset: "iso-8859-5", text: "ж", hex: "d6" },
  { declared: "8859/6", charset: "iso-8859-6", text: "ب", hex: "c8" },
  { declared: "8859/7", charset: "iso-8859-7", text: "ω", hex: "f9" },
  { declared: "8859/8", charset: "iso-8859-8", text: "א", hex: "e0" },
  { declared: "8859/9", charset: "windows-1254", text: "ğ", hex: "f0" },
  { declared: "8859/10", charset: "iso-8859-10", text: "ŧ", hex: "bb" },
  { declared: "8859/11", charset: "windows-874", text: "ก", hex: "a1" },
  { declared: "8859/13", charset: "iso-8859-13", text: "ž", hex: "fe" },
  { declared: "8859/14", charset: "iso-8859-14", text: "ŵ", hex: "f0" },
  { declared: "8859/15", charset: "iso-8859-15", text: "€", hex: "a4" },
  { declared: "ISO IR100", charset: "windows-1252", text: "é", hex: "e9" },
  { declared: "ISO IR 144", charset: "iso-8859-5", text: "ж", hex: "d6" },
  { declared: "WINDOWS-1250", charset: "windows-1250", text: "š", hex: "9a" },
  { declared: "windows 1251", charset: "windows-1251", text: "ж", hex: "e6" },
  { declared: "CP1253", charset: "windows-1253", text: "ω", hex: "f9" },
  { declared: "WINDOWS-1254", charset: "windows-1254", text: "ğ", hex: "f0" },
  { declared: "WINDOWS-1255", charset: "windows-1255", text: "א", hex: "e0" },
  { declared: "WINDOWS-1256", charset: "windows-1256", text: "ب", hex: "c8" },
  { declared: "WINDOWS-1257", charset: "windows-1257", text: "ž", hex: "fe" },
  { declared: "WINDOWS-1258", charset: "windows-1258", text: "ơ", hex: "f5" },
  { declared: "GB 18030-2000", charset: "gb18030", text: "体€𠀀", hex: "cce5a2e395328236" },
  { declared: "KS X 1001", charset: "euc-kr", text: "가나", hex: "b0a1b3aa" },
  { declared: "BIG-5", charset: "big5", text: "中功", hex: "a4a4a55c" },
  { declared: "SHIFT_JIS", charset: "shift_jis", text: "ｱ表", hex: "b1955c" },
  {
    declared: "~ISO IR87",
    charset: "iso-2022-jp",
    text: "山ｱa",
    hex: "1b24423b331b2849311b284261",
  },
  { declared: "ASCII~ISO IR87", charset: "iso-2022-jp", text: "山", hex: "1b24423b331b2842" },
];

describe("the character set of a message", () => {
  test.each(sets)("$declared holds for what is read and what is written", (set) => {
    const message = read(bytesOf(set));
    expect(message.received?.charset).toBe(set.charset);
    expect(message.get("PID-5.1")).toBe(set.text);
    message.set("PID-5.2", set.text);
    expect(encoded(message)).toEqual(bytesOf(set, set.hex));
  });

  test.each(sets)("$declared writes a message that was parsed from text", (set) => {
    const message = parsed(`${header(set.declared)}\rPID|1||7||${set.text}^x\rZZZ|\r`);
    expect(message.charset).toBe(set.charset);
    expect(encoded(message)).toEqual(bytesOf(set));
  });

  test.each([
    { declared: "8859/1", text: "ł" },
    { declared: "8859/2", text: "é体" },
    { declared: "BIG-5", text: "ж🙂" },
    { declared: "KS X 1001", text: "🙂" },
    { declared: "~ISO IR87", text: "\u001B$B" },
    { declared: "UNICODE UTF-8", text: "\uD800" },
    { declared: "UNICODE UTF-16", text: "\uDC00" },
  ])("$declared refuses $text, and says where", ({ declared, text }) => {
    const message = read(Buffer.from(`${header(declared)}\rPID|1||7||x\r`));
    message.set("PID-5.2", text);
    const problem = { code: "hl7v2.notInCharset", at: "PID-5" };
    expect(encodeMessage(message)).toMatchObject({ ok: false, problem });
  });

  test.each(["utf-16le", "utf-16be"])("%s is read with a mark and without", (charset) => {
    for (const mark of ["", "\u{FEFF}"]) {
      const text = `${mark}${header("UNICODE UTF-16")}\rPID|1||7||体é\r`;
      const bytes = wide(text, charset);
      const message = read(bytes);
      expect(message.received?.charset).toBe(charset);
      expect(message.warnings).toEqual([]);
      expect(message.get("PID-5")).toBe("体é");
      message.set("PID-3", "€");
      expect(encoded(message)).toEqual(wide(text.replace("|7|", "|€|"), charset));
    }
  });

  test("that is UTF-16 although another is named has a warning", () => {
    const message = read(wide(`${header("8859/1")}\rPID|1\r`, "utf-16le"));
    expect(message.warnings).toMatchObject([{ code: "hl7v2.wrongCharset" }]);
    const broken = wide(`${header("")}\rPID|\uD800\r`, "utf-16le");
    expect(readMessage(broken)).toMatchObject({
      ok: false,
      problem: { code: "hl7v2.brokenUtf16" },
    });
  });

  test("that was guessed stays the one in which is written", () => {
    const bytes = Buffer.concat([Buffer.from(`${header("")}\rPID|1||`), Buffer.from("e9", "hex")]);
    const message = read(bytes);
    expect(message.warnings).toMatchObject([{ code: "hl7v2.guessedCharset" }]);
    message.set("PID-1", "ü");
    expect(encoded(message).toString("hex")).toContain("7cfc7c7ce9");
  });

  test("that MSH-18 is edited to name is the one of the whole message", () => {
    const message = read(bytesOf({ declared: "8859/2", hex: "b3f3" }));
    message.set("MSH-18", "UNICODE UTF-8");
    expect(encoded(message).toString("utf8")).toBe(
      `${header("UNICODE UTF-8")}\rPID|1||7||łó^x\rZZZ|\r`,
    );
    message.set("MSH-18", "KLINGON");
    expect(encodeMessage(message)).toMatchObject({
      ok: false,
      problem: { code: "hl7v2.unknownCharset" },
    });
  });

  test("keeps bytes that its sender writes in another way than we would", () => {
    // A2 CC and A4 51 are one character in Big5, as senders write it.
    for (const name of ["a2cc", "a451"]) {
      const set = { declared: "BIG-5", hex: name };
      const message = read(bytesOf(set));
      expect(message.get("PID-5.1")).toBe("十");
      message.set("PID-5.2", "y");
      message.set("PID-3", "中");
      const expected = bytesOf(set, "79").toString("hex").replace("7c377c", "7ca4a47c");
      expect(encoded(message).toString("hex")).toBe(expected);
    }
  });
});

describe("bytes that nobody edited", () => {
  test("come back one for one, behind any edit, in any set of one byte", () => {
    const declared = fc.constantFrom(...sets.slice(1, 14).map((set) => set.declared));
    const byte = fc.integer({ min: 0x20, max: 0xff });
    fc.assert(
      fc.property(declared, fc.array(byte, { maxLength: 30 }), (name, tail) => {
        const rest = Buffer.concat([Buffer.from("ZZ1|1|"), Uint8Array.from(tail)]);
        const bytes = Buffer.concat([Buffer.from(`${header(name)}\rPID|1\r`), rest]);
        const message = read(bytes);
        message.set("PID-1", "2");
        message.insertSegment("NTE|1", { after: "PID" });
        const end = Buffer.concat([Buffer.from("PID|2\rNTE|1\r"), rest]);
        expect(encoded(message).toString("hex").endsWith(end.toString("hex"))).toBe(true);
      }),
    );
  });

  test("come back with their byte order mark and their line ends", () => {
    for (const mark of ["", "\u{FEFF}"]) {
      const text = `${mark}${header("")}\r\nPID|1||é\n\nZZZ|1\n`;
      const message = read(Buffer.from(text));
      expect(encoded(message).toString()).toBe(text);
      message.set("PID-1", "2");
      expect(encoded(message).toString()).toBe(text.replace("PID|1", "PID|2"));
    }
  });
});

function header(declared: string): string {
  return `MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|P|2.5.1||||||${declared}`;
}

/** The name of that set and its text in PID-5.1; what else is written instead of x in PID-5.2. */
function bytesOf({ declared, hex }: { declared: string; hex: string }, other = "78"): Buffer {
  return Buffer.concat([
    Buffer.from(`${header(declared)}\rPID|1||7||`),
    Buffer.from(hex, "hex"),
    Buffer.from("^"),
    Buffer.from(other, "hex"),
    Buffer.from("\rZZZ|\r"),
  ]);
}

function wide(text: string, charset: string): Buffer {
  const bytes = Buffer.from(text, "utf16le");
  return charset === "utf-16le" ? bytes : bytes.swap16();
}

function read(bytes: Uint8Array): Hl7Message {
  const result = readMessage(bytes);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

function encoded(message: Hl7Message): Buffer {
  const result = encodeMessage(message);
  if (!result.ok) throw new Error(`${result.problem.code} at ${result.problem.at}`);
  return Buffer.from(result.value);
}

test("a message without bytes is written as UTF-8 where MSH-18 names nothing", () => {
  const message = parseMessage(`${header("")}\rPID|é\r`);
  expect(message.ok && encoded(message.value).toString()).toBe(`${header("")}\rPID|é\r`);
});

test("an edit that makes the first line name an unknown set is a problem, and not written", () => {
  const fields = "|".repeat(15);
  const message = read(Buffer.from(`MSH|^~\\&|A\n${fields}KLINGON\rPID|1\r`));
  expect(encodeMessage(message)).toMatchObject({ ok: true });
  message.set("MSH-3", "A");
  expect(encodeMessage(message)).toMatchObject({
    ok: false,
    problem: { code: "hl7v2.unknownCharset" },
  });
});

test.each([
  { what: "letters of more bytes", edit: (m: Hl7Message) => m.set("PID-3", "体体") },
  { what: "another set", edit: (m: Hl7Message) => m.set("MSH-18", "UNICODE UTF-16") },
])("an edit to $what than maxBytes allows is a problem, and not written", ({ edit }) => {
  const bytes = Buffer.from(`${header("UNICODE UTF-8")}\rPID|1||abc\r`);
  const message = readMessage(bytes, { maxBytes: bytes.length + 2 });
  if (!message.ok) throw new Error(message.problem.code);
  message.value.set("PID-3", "体c");
  expect(encoded(message.value).length).toBe(bytes.length + 1);
  edit(message.value);
  expect(encodeMessage(message.value)).toMatchObject({
    ok: false,
    problem: { code: "hl7v2.tooLarge", text: expect.stringContaining(`${bytes.length + 2} bytes`) },
  });
});

test("a message that nobody edited is written, whatever its character set makes of it", () => {
  const message = parseMessage(`${header("UNICODE UTF-16")}\rPID|1\r`, { maxBytes: 80 });
  expect(message.ok && encoded(message.value).length).toBeGreaterThan(80);
});
