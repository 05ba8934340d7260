import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Acknowledgement,
  acknowledge,
  acknowledgeInBytes,
  acknowledgementMode,
  isAnswerDue,
  readMessage,
} from "../src/index.ts";
import { anySeparators, anyText, parsed, writeMessage } from "./written.ts";

const stamp = { controlId: "A1", at: "20260115153000" };
const reason = {
  errorCode: "102",
  errorText: "Data type error",
  text: "PID-7 is no date.",
  at: "PID-7",
};

const admission = parsed(
  "MSH|^~\\&|ADT|TH^1.2.3^ISO|HUB|LAKE|20260115||ADT^A08^ADT_A01|4711|T|2.5.1\rPID|1\r",
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
    { code: "CA", lines: ["MSA|CA|4711"] },
    {
      code: "CE",
      lines: [
        "MSA|CE|4711|PID-7 is no date.",
        "ERR||PID^1^7^1|102^Data type error^HL70357|E||||PID-7 is no date.",
      ],
    },
    {
      code: "CR",
      lines: [
        "MSA|CR|4711|PID-7 is no date.",
        "ERR||PID^1^7^1|102^Data type error^HL70357|E||||PID-7 is no date.",
      ],
    },
  ])("says $code to the sender, and why", ({ code, lines }) => {
    const answer = { ...stamp, code, ...(!code.endsWith("A") && { reason }) };
    expect(acknowledge(admission, answer).split("\r")).toEqual([
      "MSH|^~\\&|HUB|LAKE|ADT|TH^1.2.3^ISO|20260115153000||ACK^A08^ACK|A1|T|2.5.1",
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

describe("several reasons", () => {
  const reasons = [
    { errorCode: "101", errorText: "Required field missing", text: "PID-3 is empty.", at: "PID-3" },
    { errorCode: "103", errorText: "Table value not found", text: "No such sex.", at: "PID-8" },
  ];

  test("are one ERR each, with the severity that is given", () => {
    const warned = reasons.map((it) => ({ ...it, severity: "W" as const }));
    const text = acknowledge(admission, { ...stamp, code: "AE", reason, reasons: warned });
    expect(text.split("\r").slice(2)).toEqual([
      "ERR||PID^1^7^1|102^Data type error^HL70357|E||||PID-7 is no date.",
      "ERR||PID^1^3^1|101^Required field missing^HL70357|W||||PID-3 is empty.",
      "ERR||PID^1^8^1|103^Table value not found^HL70357|W||||No such sex.",
      "",
    ]);
  });

  test.each(["2.1", "2.2", "2.3", "2.3.1", "2.4"])(
    "are repetitions of ERR-1 for a sender of %s",
    (version) => {
      const message = parsed(`MSH|^~\\&|A|B|C|D|2026||ADT^A08|1|P|${version}\r`);
      const text = acknowledge(message, { ...stamp, code: "AE", reasons });
      expect(text.split("\r").slice(1)).toEqual([
        "MSA|AE|1|PID-3 is empty.",
        "ERR|PID^1^3^101&Required field missing&HL70357~PID^1^8^103&Table value not found&HL70357",
        "",
      ]);
    },
  );

  test.each(["2.5", "2.5.1", "2.6", "2.7", "2.8", "2.8.2", ""])(
    "are segments for a sender of version %s",
    (version) => {
      const message = parsed(`MSH|^~\\&|A|B|C|D|2026||ADT^A08|1|P|${version}\r`);
      const text = acknowledge(message, { ...stamp, code: "AE", reasons });
      expect(text.split("\rERR||")).toHaveLength(3);
    },
  );

  test("name the sequence number that is expected", () => {
    const text = acknowledge(admission, { ...stamp, code: "AE", reason, expectedSequence: 7 });
    expect(text.split("\r")[1]).toBe("MSA|AE|4711|PID-7 is no date.|7");
  });
});

describe("the bytes of an acknowledgement", () => {
  test.each([
    { declared: "8859/2", id: "b3" },
    { declared: "UNICODE UTF-8", id: "c582" },
    { declared: "BIG-5", id: "a4a4" },
    { declared: "", id: "e9" },
    // Not what it says: the answer is in what it really sends.
    { declared: "UNICODE UTF-8", id: "e9" },
  ])("are in the set of the sender, $declared, with its own control ID $id", (set) => {
    const bytes = Buffer.concat([
      Buffer.from("MSH|^~\\&|A|B|C|D|2026||ADT^A08|"),
      Buffer.from(set.id, "hex"),
      Buffer.from(`|P|2.5.1||||||${set.declared}\rPID|1\r`),
    ]);
    const message = readMessage(bytes);
    const told = { ...reason, text: "🙂 is none." };
    const answer = { ...stamp, code: "AE", reason: told } as const;
    const written = acknowledgeInBytes(message.ok ? message.value : undefined, answer);
    expect(Buffer.from(written).toString("hex")).toContain(
      `${Buffer.from("MSA|AE|").toString("hex")}${set.id}7c`,
    );
    const read = readMessage(written);
    expect(read.ok && (read.value.get("MSH-18") ?? "")).toBe(set.declared);
    const isUnicode = message.ok && message.value.charset === "utf-8";
    expect(read.ok && read.value.get("ERR-8")).toBe(`${isUnicode ? "🙂" : "?"} is none.`);
  });

  test("are UTF-8 where there is no message, and name no set that is not known", () => {
    expect(Buffer.from(acknowledgeInBytes(undefined, { ...stamp, code: "AA" })).toString()).toBe(
      acknowledge(undefined, { ...stamp, code: "AA" }),
    );
    const message = parsed("MSH|^~\\&|A|B|C|D|2026||ADT^A08|1|P|2.5.1||||||KLINGON\r");
    expect(acknowledge(message, { ...stamp, code: "AA" })).not.toContain("KLINGON");
  });
});

describe("what a sender asks for", () => {
  test.each([
    { accept: "", application: "", mode: { isEnhanced: false, accept: "NE", application: "AL" } },
    {
      accept: '""',
      application: '""',
      mode: { isEnhanced: false, accept: "NE", application: "AL" },
    },
    {
      accept: "AL",
      application: "NE",
      mode: { isEnhanced: true, accept: "AL", application: "NE" },
    },
    { accept: "", application: "AL", mode: { isEnhanced: true, accept: "NE", application: "AL" } },
    {
      accept: "AL",
      application: '""',
      mode: { isEnhanced: true, accept: "AL", application: "NE" },
    },
    {
      accept: "ER",
      application: "SU",
      mode: { isEnhanced: true, accept: "ER", application: "SU" },
    },
    { accept: "??", application: "", mode: { isEnhanced: true, accept: "AL", application: "NE" } },
    { accept: "", application: "al", mode: { isEnhanced: true, accept: "NE", application: "AL" } },
  ])("is read from MSH-15 “$accept” and MSH-16 “$application”", ({ accept, application, mode }) => {
    expect(acknowledgementMode({ accept, application })).toEqual(mode);
  });

  test("is due by condition and outcome", () => {
    const due = (["AL", "NE", "ER", "SU"] as const).map((it) => [
      isAnswerDue(it, true),
      isAnswerDue(it, false),
    ]);
    expect(due).toEqual([
      [true, true],
      [false, false],
      [false, true],
      [true, false],
    ]);
  });
});
