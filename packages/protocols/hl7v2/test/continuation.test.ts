import { describe, expect, test } from "vitest";
import { Continuations, type Hl7Message, printMessage } from "../src/index.ts";
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
