import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FilePart,
  hl7v2Errors,
  readMessageFile,
  writeBatch,
  writeMessageFile,
} from "../src/index.ts";
import { parsed } from "./written.ts";

const one = "MSH|^~\\&|LAB|TH|||20260115||ORU^R01|1|P|2.5.1\rPID|1\r";
const two = one.replace("|1|P", "|2|P");
const whole = `FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r${one}${two}BTS|2\rBHS|^~\\&|LAB\r${one}BTS|1\rFTS|2\r`;

describe("a file", () => {
  test("gives its envelopes and messages in order", () => {
    const parts = [...readMessageFile(whole)];
    expect(parts.map(shown)).toEqual([
      "FHS",
      "BHS",
      "message 1 of batch 1",
      "message 2 of batch 1",
      "BTS",
      "BHS",
      "message 3 of batch 2",
      "BTS",
      "FTS",
    ]);
    expect(parts.flatMap((part) => (part.is === "message" ? [part.source] : []))).toEqual([
      one,
      two,
      one,
    ]);
  });

  test.each([
    {
      what: "messages alone",
      text: one + two,
      parts: ["message 1 of batch 0", "message 2 of batch 0"],
    },
    {
      what: "line feeds",
      text: whole
        .replaceAll("\r", "\r\n")
        .replace(/FHS.*\r\n/u, "")
        .replace("FTS|2\r\n", ""),
      parts: [
        "BHS",
        "message 1 of batch 1",
        "message 2 of batch 1",
        "BTS",
        "BHS",
        "message 3 of batch 2",
        "BTS",
      ],
    },
    {
      what: "the marks of MLLP",
      text: `\u{0B}${one}\u{1C}\r\u{0B}${two}\u{1C}\r`,
      parts: ["message 1 of batch 0", "message 2 of batch 0"],
    },
    { what: "nothing", text: "\r\n", parts: [] },
  ])("may hold $what", ({ text, parts }) => {
    for (const file of [text, Buffer.from(text)]) {
      const found = [...readMessageFile(file)];
      expect(found.map(shown)).toEqual(parts);
      for (const part of found) if (part.is === "message") expect(part.message.ok).toBe(true);
    }
  });

  test("is read no further than somebody asks", () => {
    const [first] = readMessageFile(one.repeat(3) + "x".repeat(1000));
    expect(first && shown(first)).toBe("message 1 of batch 0");
  });

  test("may hold each message in a character set of its own, and one that cannot be read", () => {
    const polish = Buffer.concat([
      Buffer.from(one.replace("2.5.1", "2.5.1||||||8859/2").replace("PID|1\r", "PID|")),
      Buffer.from([0xb3, 0x0d]),
    ]);
    const greek = Buffer.from(one.replace("PID|1", "PID|ω"));
    const bad = Buffer.from(one.replace("^~\\&", "^^"));
    const parts = [...readMessageFile(Buffer.concat([polish, bad, greek]))];
    const read = parts.map((part) =>
      part.is === "message" && part.message.ok ? part.message.value.get("PID-1") : shown(part),
    );
    expect(read).toEqual(["ł", "message 2 of batch 0", "ω"]);
    expect(parts[0]).toMatchObject({ source: polish });
  });

  test("may be UTF-16", () => {
    const parts = [...readMessageFile(Buffer.from(`\u{FEFF}${whole}`, "utf16le"))];
    expect(parts.filter(({ is }) => is === "message")).toHaveLength(3);
  });

  test("keeps the separators of its header for its trailer", () => {
    const parts = [...readMessageFile("BHS*^~\\&*LAB\rBTS*0*bye\r")];
    expect(parts.map((part) => part.is === "envelope" && part.segment.field(2).raw)).toEqual([
      "^~\\&",
      "bye",
    ]);
  });
});

describe("a file that is not as it should be", () => {
  test.each([
    {
      what: "one message less than BTS-1",
      text: whole.replace(two, ""),
      code: "wrongMessageCount",
    },
    { what: "one message more", text: whole.replace(two, two + two), code: "wrongMessageCount" },
    {
      what: "another number of batches",
      text: whole.replace("FTS|2", "FTS|3"),
      code: "wrongBatchCount",
    },
    { what: "no BTS", text: whole.replace("BTS|2\r", ""), code: "unclosedBatch" },
    { what: "no FTS", text: whole.replace("FTS|2\r", ""), code: "unclosedFile" },
    { what: "a BTS alone", text: `${one}BTS|1\r`, code: "trailerAlone" },
    { what: "an FTS alone", text: `${one}FTS|1\r`, code: "trailerAlone" },
    { what: "something in front of MSH", text: `PID|1\r${one}`, code: "strayLine" },
  ])("has a problem and all its messages: $what", ({ text, code }) => {
    const parts = [...readMessageFile(text)];
    const codes = parts.flatMap((part) => (part.is === "problem" ? [part.problem.code] : []));
    expect(codes).toEqual([`hl7v2.${code}`]);
    expect(parts.filter(({ is }) => is === "message").length).toBe(text.split("MSH|").length - 1);
  });

  test("may leave its counts out", () => {
    const text = whole.replaceAll(/(?<name>[BF]TS)\|\d/gu, "$<name>");
    expect([...readMessageFile(text)].filter(({ is }) => is === "problem")).toEqual([]);
  });

  test.each([
    { limits: { maxMessages: 2 }, code: "hl7v2.tooManyMessages", messages: 2 },
    { limits: { maxBatches: 1 }, code: "hl7v2.tooManyBatches", messages: 2 },
  ])("ends at a limit: $code", ({ limits, code, messages }) => {
    const parts = [...readMessageFile(whole, limits)];
    expect(parts.at(-1)).toMatchObject({ is: "problem", problem: { code } });
    expect(parts.filter(({ is }) => is === "message")).toHaveLength(messages);
  });

  test("holds each message to the limits of messages", () => {
    const [part] = readMessageFile(one, { maxSegments: 1 });
    expect(part).toMatchObject({
      message: { ok: false, problem: { code: "hl7v2.tooManySegments" } },
    });
  });
});

describe("a file that is written", () => {
  const header = {
    sendingApplication: "HUB^1.2^ISO",
    at: "20260115",
    name: "results",
    controlId: "7",
  };

  test("has counts and headers", () => {
    const batches = [{ header, messages: [one, parsed(two)] }, { messages: [] }];
    expect([...writeMessageFile({ header, batches })].join("")).toBe(
      "FHS|^~\\&|HUB^1.2^ISO||||20260115||results||7\r" +
        `BHS|^~\\&|HUB^1.2^ISO||||20260115||results||7\r${one}${two}BTS|2\r` +
        "BHS|^~\\&\rBTS|0\rFTS|2\r",
    );
    expect(() => [...writeBatch({ header: { comment: "a|b" }, messages: [] })]).toThrow(
      hl7v2Errors.holdsSeparator().code,
    );
  });

  test("is read as what was written, whatever the numbers", () => {
    const counts = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(counts, (sizes) => {
        const batches = sizes.map((size) => ({ messages: Array<string>(size).fill(one) }));
        const parts = [...readMessageFile([...writeMessageFile({ batches })].join(""))];
        expect(parts.filter(({ is }) => is === "problem")).toEqual([]);
        const found = parts.flatMap((part) => (part.is === "message" ? [part.batch] : []));
        expect(found).toEqual(sizes.flatMap((size, index) => Array(size).fill(index + 1)));
      }),
    );
  });
});

function shown(part: FilePart): string {
  if (part.is === "envelope") return part.segment.name;
  if (part.is === "problem") return part.problem.code;
  return `message ${part.number} of batch ${part.batch}`;
}
