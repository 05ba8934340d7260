import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Acknowledgement, acknowledge } from "../src/index.ts";
import { anySeparators, anyText, parsed, writeMessage } from "./written.ts";

const stamp = { controlId: "A1", at: "20260115153000" };
const reason = {
  errorCode: "102",
  errorText: "Data type error",
  text: "PID-7 is no date.",
  at: "PID-7",
};

const admission = parsed(
  "MSH|^~\\&|ADT|TH^1.2.3^ISO|HUB|LAKE|20260115||ADT^A08^ADT_A01|4711|T|2.3.1\rPID|1\r",
);

describe("an acknowledgement", () => {
  test.each<{ code: Acknowledgement["code"]; lines: readonly string[] }>([
    { code: "AA", lines: ["MSA|AA|4711"] },
    {
      code: "AE",
      lines: [
        "MSA|AE|4711|PID-7 is no date.",
        "ERR||PID^1^7^1|102^Data type error^HL70357|E||||PID-7 is no date.",
      ],
    },
    {
      code: "AR",
      lines: [
        "MSA|AR|4711|PID-7 is no date.",
        "ERR||PID^1^7^1|102^Data type error^HL70357|E||||PID-7 is no date.",
      ],
    },
  ])("says $code to the sender, and why", ({ code, lines }) => {
    const answer = { ...stamp, code, ...(code !== "AA" && { reason }) };
    expect(acknowledge(admission, answer).split("\r")).toEqual([
      "MSH|^~\\&|HUB|LAKE|ADT|TH^1.2.3^ISO|20260115153000||ACK^A08^ACK|A1|T|2.3.1",
      ...lines,
      "",
    ]);
  });

  test.each([
    { type: "ADT^A08^ADT_A01", answer: "ACK^A08^ACK" },
    { type: "ADT^A08", answer: "ACK^A08" },
    { type: "ADT", answer: "ACK" },
    { type: "", answer: "ACK" },
  ])("of type $type has the type $answer", ({ type, answer }) => {
    const message = parsed(`MSH|^~\\&|A|B|C|D|20260115||${type}|1|P|2.3`);
    const text = acknowledge(message, { ...stamp, code: "AA" });
    expect(parsed(text).first("MSH")?.field(9).raw).toBe(answer);
  });

  test("can answer bytes that are no message", () => {
    expect(
      acknowledge(undefined, { ...stamp, code: "AE", reason: { ...reason, at: "line 3" } }),
    ).toBe(
      "MSH|^~\\&|||||20260115153000||ACK|A1|P|2.5.1\r" +
        "MSA|AE||PID-7 is no date.\r" +
        "ERR|||102^Data type error^HL70357|E||||PID-7 is no date.\r",
    );
  });

  test("gives the control ID back as it was written", () => {
    const message = parsed("MSH|^~\\&|A|B|C|D|20260115||ADT^A08|x\\T\\y^z&~|P|2.3");
    const text = acknowledge(message, { ...stamp, code: "AA" });
    expect(parsed(text).first("MSA")?.field(2).raw).toBe("x\\T\\y^z&~");
  });

  test.each([
    { at: "MSH[1]", location: "MSH^2" },
    { at: "MSH-18", location: "MSH^1^18^1" },
    { at: "OBX[2]-5", location: "OBX^3^5^1" },
    { at: "PID-3[1].4", location: "PID^1^3^2^4" },
    { at: "PID-3.4.2", location: "PID^1^3^1^4^2" },
    { at: "line 3", location: "" },
  ])("says where: $at", ({ at, location }) => {
    const text = acknowledge(admission, { ...stamp, code: "AE", reason: { ...reason, at } });
    expect(parsed(text).first("ERR")?.field(2).raw).toBe(location);
  });

  test("can be read under the sender's separators, whatever its text", () => {
    fc.assert(
      fc.property(anySeparators, anyText, (separators, text) => {
        const message = parsed(writeMessage([[[["x"]]]], separators));
        const answer = { ...stamp, code: "AE", reason: { ...reason, text } } as const;
        const read = parsed(acknowledge(message, answer));
        expect(read.separators).toEqual(separators);
        expect(read.get("MSA-1")).toBe("AE");
        expect(read.get("ERR-8") ?? "").toBe(text === '""' ? "" : text);
      }),
    );
  });
});
