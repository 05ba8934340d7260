import { describe, expect, test } from "vitest";
import {
  Continuations,
  type Hl7Message,
  encodeMessage,
  printMessage,
  readMessage,
} from "../src/index.ts";
import { headed, parsed } from "./written.ts";

function part(pointer: string, rest: string): Hl7Message {
  return parsed(`MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|P|2.5.1||${pointer}\r${rest}`);
}

describe("a message in parts", () => {
  test("is put together once its last part came", () => {
    const parts = new Continuations();
    expect(parts.take(part("", "PID|1\rOBX|1|TX|2||The first half\rDSC|77|F\r"))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(parts.take(part("77", "ADD| and the second|x\rDSC|78\r"))).toMatchObject({ ok: true });
    expect(parts.waiting).toBe(1);
    const last = parts.take(part("78", "ADD|yz\rOBX|2\r"));
    expect(last.ok && last.value && printMessage(last.value)).toBe(
      printMessage(part("", "PID|1\rOBX|1|TX|2||The first half and the second|xyz\rOBX|2\r")),
    );
    expect(parts.waiting).toBe(0);
  });

  test("keeps apart from those of other senders and pointers", () => {
    const parts = new Continuations();
    parts.take(part("", "OBX|1\rDSC|77|F\r"));
    const other = parsed("MSH|^~\\&|ELSE|TH|||2026||ORU^R01|1|P|2.5||77\rOBX|9\r");
    expect(parts.take(other)).toMatchObject({
      ok: false,
      problem: { code: "hl7v2.unknownContinuation" },
    });
    expect(parts.waiting).toBe(1);
  });

  test("may be one message whose segment goes on", () => {
    const joined = new Continuations().take(
      parsed(headed("NTE|1||abc\rADD|def\rADD\rADD|ghi|L\r")),
    );
    expect(joined.ok && joined.value?.get("NTE-3")).toBe("abcdefghi");
    expect(joined.ok && joined.value?.get("NTE-4")).toBe("L");
  });

  test.each([
    { what: "nothing is split", rest: "PID|1\r" },
    { what: "only more can be asked for", rest: "PID|1\rDSC|77|I\r" },
  ])("is the message itself where $what", ({ rest }) => {
    const message = parsed(headed(rest));
    expect(new Continuations().take(message)).toEqual({ ok: true, value: message });
  });
});

describe("a message that came in bytes", () => {
  const bytes = (pointer: string, rest: string) => {
    const header = `MSH|^~\\&|LAB|TH|HUB|TH|2026||ORU^R01|1|P|2.5.1||${pointer}||||8859/1\r`;
    return Buffer.from(header + rest, "latin1");
  };
  const read = (given: Uint8Array) => {
    const message = readMessage(given);
    if (!message.ok) throw new TypeError(message.problem.text);
    return message.value;
  };

  test("has its bytes and its character set once it is whole", () => {
    const parts = new Continuations();
    parts.take(read(bytes("", "OBX|1|TX|2||Sch\u00E4den\rDSC|77|F\r")));
    const last = parts.take(read(bytes("77", "ADD| und \u00DCbel\r")));
    const whole = last.ok ? last.value : undefined;
    expect(whole?.charset).toBe("windows-1252");
    const sent = bytes("", "OBX|1|TX|2||Sch\u00E4den und \u00DCbel\r");
    expect(whole && encodeMessage(whole)).toEqual({ ok: true, value: sent });
    whole?.set("OBX-1", "\u00F6");
    expect(whole && encodeMessage(whole)).toMatchObject({
      value: bytes("", "OBX|\u00F6|TX|2||Sch\u00E4den und \u00DCbel\r"),
    });
  });

  test("keeps what each of its parts was warned of, once", () => {
    const parts = new Continuations();
    const guessed = (rest: string, pointer = "") =>
      read(Buffer.from(`MSH|^~\\&|L|T|||2026||ORU^R01|1|P|2.5||${pointer}\n${rest}`, "latin1"));
    parts.take(guessed("OBX|1|TX|2||\u00E4\nDSC|7|F\n"));
    const last = parts.take(guessed("ADD|\u00FC\n", "7"));
    expect(last.ok && last.value?.warnings.map(({ code }) => code)).toEqual([
      "hl7v2.guessedCharset",
      "hl7v2.lineFeeds",
    ]);
    expect(last.ok && last.value?.get("OBX-5")).toBe("\u00E4\u00FC");
  });
});

test("a message in ten thousand parts is put together in their order", () => {
  const count = 10_000;
  const parts = new Continuations({ maxCharacters: 1e8 });
  for (let index = 1; index < count; index += 1) {
    parts.take(part(index === 1 ? "" : String(index), `NTE|${index}\rDSC|${index + 1}|F\r`));
  }
  const last = parts.take(part(String(count), `NTE|${count}\r`));
  const notes = last.ok ? last.value?.all("NTE") : undefined;
  expect(notes?.map((note) => Number(note.field(1).text))).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  );
});

describe("a part whose pointer is taken", () => {
  test("is refused, and what waits under it goes on", () => {
    const parts = new Continuations();
    parts.take(part("", "NTE|1||first\rDSC|77|F\r"));
    expect(parts.take(part("", "NTE|1||other\rDSC|77|F\r"))).toMatchObject({
      problem: { code: "hl7v2.takenPointer", at: "DSC-1" },
    });
    const last = parts.take(part("77", "ADD| and last\r"));
    expect(last.ok && last.value?.get("NTE-3")).toBe("first and last");
  });

  test("is no problem where it is the same part again", () => {
    const parts = new Continuations();
    for (let time = 0; time < 2; time += 1) {
      expect(parts.take(part("", "NTE|1||first\rDSC|77|F\r"))).toMatchObject({ ok: true });
    }
    expect(parts.waiting).toBe(1);
  });
});

describe("a part that cannot be joined", () => {
  test("has nothing in front of it", () => {
    expect(new Continuations().take(parsed(headed("ADD|x\r")))).toMatchObject({
      problem: { code: "hl7v2.nothingToContinue" },
    });
  });

  test("is one too many", () => {
    const parts = new Continuations({ maxWaiting: 1 });
    parts.take(part("", "OBX|1\rDSC|1|F\r"));
    const problem = { code: "hl7v2.tooManyWaiting" };
    expect(parts.take(part("", "OBX|1\rDSC|2|F\r"))).toMatchObject({ problem });
  });

  test("makes the message too long, and the message is given up", () => {
    const parts = new Continuations({ maxCharacters: 150 });
    parts.take(part("", `NTE|1||${"x".repeat(60)}\rDSC|1|F\r`));
    const problem = { code: "hl7v2.tooLong" };
    expect(parts.take(part("1", `ADD|${"x".repeat(60)}\r`))).toMatchObject({ problem });
    expect(parts.waiting).toBe(0);
  });
});
