import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { decodeMessage, parseMessage, readMessage } from "../src/index.ts";
import { headed, parsed } from "./written.ts";

describe("a limit", () => {
  const text = headed("PID|1||a^b~c&d\rOBX|1\r");

  test.each([
    { limits: { maxCharacters: text.length - 1 }, code: "tooLong" },
    { limits: { maxSegments: 2 }, code: "tooManySegments" },
    { limits: { maxFields: 11 }, code: undefined },
    { limits: { maxFields: 10 }, code: "tooManyFields" },
    { limits: { maxParts: 11 }, code: "tooManyParts" },
    { limits: { maxCharacters: text.length, maxSegments: 3, maxFields: 12 }, code: undefined },
  ])("of $limits holds: $code", ({ limits, code }) => {
    const result = parseMessage(text, limits);
    expect(result.ok ? undefined : result.problem.code).toBe(code && `hl7v2.${code}`);
  });

  test.each([
    { limit: "maxBytes", most: 60 },
    { limit: "maxCharacters", most: 60 },
    { limit: "maxSegments", most: 2 },
    { limit: "maxFields", most: 10 },
    { limit: "maxParts", most: 11 },
  ])("$limit is named in the hint, and where it is set as far as that is known", (it) => {
    const limits = { [it.limit]: it.most };
    const hints = [limits, { ...limits, settingPlace: "in a file" }].map((some) => {
      const result = readMessage(Buffer.from(text), some);
      return result.ok ? undefined : result.problem.hint;
    });
    const free = hints[0] ?? "";
    expect(free).toMatch(new RegExp(`^Raise ${it.limit}\\b(?! \\()`, "u"));
    expect(hints[1]).toBe(free.replace(it.limit, `${it.limit} (in a file)`));
  });

  test("of bytes holds before anything is decoded", () => {
    const bytes = Buffer.from(text);
    const problem = { code: "hl7v2.tooLarge" };
    expect(decodeMessage(bytes, { maxBytes: bytes.length })).toMatchObject({ ok: true });
    expect(decodeMessage(bytes, { maxBytes: 10 })).toMatchObject({ ok: false, problem });
    expect(readMessage(bytes, { maxBytes: 10 })).toMatchObject({ ok: false, problem });
    expect(readMessage(bytes, { maxSegments: 1 })).toMatchObject({ ok: false });
  });

  test("holds for messages that are read the careful way too", () => {
    expect(parseMessage(text.replaceAll("\r", "\n"), { maxSegments: 2 })).toMatchObject({
      ok: false,
      problem: { code: "hl7v2.tooManySegments" },
    });
  });
});

describe("time grows with the size alone", () => {
  // Where a step is quadratic, each of these takes minutes, which no test may.
  const count = 300_000;
  const texts: Readonly<Record<string, string>> = {
    "line feeds in a field": headed(`NTE|1||${"\n".repeat(count)}x\rOBX|1\r`),
    "line feeds between words": headed(`NTE|1||${"a\n".repeat(count)}x\rOBX|1\r`),
    "empty segments": headed("\r".repeat(count)),
    "escape characters": headed(`NTE|1||${"\\".repeat(count)}\r`),
    "half an escape sequence": headed(`NTE|1||${"\\X".repeat(count)}\r`),
    "segments of one name": headed("ZZ1|1\r".repeat(count)),
  };

  test.each(Object.entries(texts))("with %s", (_, text) => {
    const message = parsed(text);
    expect(message.get("NTE-3")?.length ?? 0).toBeLessThanOrEqual(text.length);
    message.set("MSH-3", "X");
    expect(message.segments.length).toBeGreaterThan(0);
    expect(message.all("ZZ1").length).toBe(message.segments.length > 10 ? count : 0);
  });
});

describe("a large field", () => {
  const size = 16 * 1024 * 1024;

  test("is copied once: when its bytes become text", () => {
    const bytes = Buffer.concat([
      Buffer.from(headed("OBX|1|ED|PDF||")),
      Buffer.alloc(size, "QUJD"),
      Buffer.from("||x\r"),
    ]);
    const copies = leastGrowth(() => {
      const result = readMessage(bytes);
      const message = result.ok ? result.value : undefined;
      const text = message?.get("OBX-5.1");
      const field = message?.first("OBX")?.field(5);
      const parts = field?.repetitions.map((it) => it.component(1).subcomponent(1).raw.length);
      expect({ text: text?.length, parts, last: message?.get("OBX-7") }).toEqual({
        text: size,
        parts: [size],
        last: "x",
      });
    });
    expect(copies).toBeGreaterThan(0.9);
    expect(copies).toBeLessThan(1.5);
  });

  test("is not copied by an edit of another segment, before it is printed", () => {
    const message = parsed(headed(`PID|1\rOBX|1|ED|PDF||${"QUJD".repeat(size / 4)}\r`));
    message.get("OBX-5");
    const copies = leastGrowth(() => {
      message.set("PID-3", "7");
      message.insertSegment("NTE|1", { after: "PID" });
      expect(message.get("OBX-5")?.length).toBe(size);
    });
    expect(copies).toBeLessThan(0.5);
  });

  /**
   * How many copies of the field an action makes, kept or not. A copy shows each time; what else
   * happens in the process at the moment does not, so the least of three counts.
   */
  function leastGrowth(action: () => void): number {
    const grown = [1, 2, 3].map(() => {
      collectGarbage();
      const before = memory();
      action();
      return (memory() - before) / size;
    });
    return Math.min(...grown.filter((growth) => growth > -0.1));
  }
});

/** What the heap and the strings outside of it take, in bytes. Not collected: copies would show. */
function memory(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external - arrayBuffers;
}

/** So that what is measured is what the field costs, and not what was left before. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
