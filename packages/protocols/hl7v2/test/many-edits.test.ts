import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Hl7Message,
  type MessageLimits,
  encodeMessage,
  parseMessage,
  printMessage,
  readMessage,
} from "../src/index.ts";
import { headed, parsed } from "./written.ts";

/** Without a message of its own limits, the default ones. */
function limited(text: string, limits: Partial<MessageLimits>): Hl7Message {
  const message = parseMessage(text, limits);
  if (!message.ok) throw new TypeError(message.problem.text);
  return message.value;
}

const anyEdit = fc.record({
  is: fc.constantFrom("set", "insert", "remove"),
  field: fc.integer({ min: 1, max: 5 }),
  repetition: fc.option(fc.nat({ max: 3 })),
  component: fc.option(fc.integer({ min: 1, max: 3 })),
  subcomponent: fc.option(fc.integer({ min: 1, max: 3 })),
  raw: fc.constantFrom("", "x", "yy", '""'),
});

type AnyEdit = typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never;

function make(message: Hl7Message, edit: AnyEdit): void {
  const { is, field, repetition, component, subcomponent, raw } = edit;
  const below = component === null || subcomponent === null ? "" : `.${subcomponent}`;
  const inside = component === null ? "" : `.${component}${below}`;
  const path = `PID-${field}${repetition === null ? "" : `[${repetition}]`}${inside}`;
  if (is === "set") message.setRaw(path, raw);
  else if (is === "insert") message.insert(path, raw);
  else message.remove(path);
}

/** Makes an edit that may be more than there is room for. */
function tried(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    expect(error).toMatchObject({ code: "hl7v2.aboveLimit" });
  }
}

describe("many edits of one segment", () => {
  test("give what each of them gives alone, one behind the other", () => {
    const edits = fc.array(anyEdit, { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(edits, fc.constantFrom("PID", "PID|1||a^b&c~d|e"), (all, line) => {
        const message = parsed(headed(`${line}\rNTE|1\r`));
        let text = printMessage(message);
        for (const edit of all) {
          make(message, edit);
          const alone = parsed(text);
          make(alone, edit);
          text = printMessage(alone);
          expect(printMessage(message)).toBe(text);
        }
        const bytes = encodeMessage(message);
        expect(bytes.ok && Buffer.from(bytes.value).toString()).toBe(text);
      }),
    );
  });

  test("leave the bytes of all else in the segment as they came", () => {
    // 0x81 0x40 and 0xFA 0x54 are one way of two to write a letter in Shift JIS.
    const odd = Buffer.from([0xfa, 0x54]);
    const message = readMessage(
      Buffer.concat([
        Buffer.from("MSH|^~\\&|A|B|C|D|2026||ADT^A08|1|P|2.5||||||SHIFT_JIS\rPID|1||"),
        odd,
        Buffer.from("^b|"),
        odd,
        Buffer.from("\r"),
      ]),
    );
    if (!message.ok) throw new TypeError(message.problem.text);
    for (let number = 0; number < 40; number += 1) message.value.set("PID-3.2", `b${number}`);
    for (let number = 6; number < 40; number += 1) message.value.set(`PID-${number}`, "y");
    const bytes = encodeMessage(message.value);
    const sent = bytes.ok ? Buffer.from(bytes.value) : Buffer.alloc(0);
    expect(
      sent.indexOf(Buffer.concat([odd, Buffer.from("^b39|"), odd, Buffer.from("||y|y")])),
    ).toBe(sent.indexOf("PID|1||") + "PID|1||".length);
  });
});

describe("an edit keeps to the limits that its message was parsed under:", () => {
  const limits = { maxFields: 40, maxParts: 60, maxSegments: 4, maxCharacters: 400 };

  test.each<{ what: string; limit: keyof typeof limits; edit: (message: Hl7Message) => void }>([
    { what: "a field too far", limit: "maxFields", edit: (m) => m.set("PID-41", "x") },
    { what: "a field put in", limit: "maxFields", edit: (m) => m.insert("PID-1", "x") },
    { what: "a repetition too far", limit: "maxParts", edit: (m) => m.set("PID-3[21]", "x") },
    {
      what: "parts in a raw text",
      limit: "maxParts",
      edit: (m) => m.setRaw("PID-3", "^".repeat(21)),
    },
    {
      what: "a text too long",
      limit: "maxCharacters",
      edit: (m) => m.set("PID-3", "x".repeat(400)),
    },
    {
      what: "a segment of too many fields",
      limit: "maxFields",
      edit: (m) => m.setRaw("PID", `PID${"|".repeat(41)}`),
    },
    {
      what: "a segment too many",
      limit: "maxSegments",
      edit: (m) => {
        for (let count = 0; count < 3; count += 1) m.insertSegment("NTE|1", "atEnd");
      },
    },
    {
      what: "a segment too long",
      limit: "maxCharacters",
      edit: (m) => m.insertSegment(`NTE|1||${"x".repeat(400)}`, "atEnd"),
    },
  ])("$what is refused and changes nothing", ({ limit, edit }) => {
    for (const edits of [0, 50]) {
      const message = limited(headed(`PID|1${"|".repeat(39)}\r`), limits);
      for (let count = 0; count < edits; count += 1) message.set("PID-1", `${count % 10}`);
      const before = printMessage(message);
      expect(() => edit(message)).toThrow(
        expect.objectContaining({
          code: "hl7v2.aboveLimit",
          facts: { limit, most: limits[limit] },
        }),
      );
      if (limit !== "maxSegments") expect(printMessage(message)).toBe(before);
      // What was printed can always be parsed again.
      limited(printMessage(message), limits);
    }
  });

  test.each([
    { what: "parts", limit: "maxParts", raw: "^".repeat(70) },
    { what: "repetitions", limit: "maxParts", raw: "~".repeat(70) },
  ] as const)("$what in a raw text shorter than before are counted", ({ limit, raw }) => {
    for (const edits of [0, 50]) {
      const message = limited(headed(`PID|1||${"x".repeat(100)}\r`), limits);
      for (let count = 0; count < edits; count += 1) message.set("PID-1", `${count % 10}`);
      const before = printMessage(message);
      expect(() => message.setRaw("PID-3", raw)).toThrow(
        expect.objectContaining({ facts: { limit, most: limits[limit] } }),
      );
      expect(printMessage(message)).toBe(before);
    }
  });

  test("what is taken out makes room again", () => {
    const message = limited(headed(`PID|1${"|".repeat(39)}\r`), limits);
    for (let turn = 0; turn < 100; turn += 1) {
      message.remove("PID-2");
      message.insert("PID-2", "x");
      message.set("PID-3", "x".repeat(200));
      message.set("PID-3", "");
      message.insertSegment(`NTE|${"x".repeat(100)}`, "atEnd");
      message.remove("NTE");
    }
    expect(message.first("PID")?.fieldCount).toBe(40);
  });

  describe.each([
    { what: "CR", end: "\r" },
    { what: "LF", end: "\n" },
    { what: "CRLF", end: "\r\n" },
  ])("segments that end in $what take what they and their end take:", ({ end }) => {
    const text = headed("PID|1\rOBX|1\r").replaceAll("\r", end);
    const added = "NTE|1".length + end.length;

    test("as many as there is room for are put in", () => {
      const message = limited(text, { maxCharacters: text.length + 2 * added });
      message.insertSegment("NTE|1", "atEnd");
      message.insertSegment("NTE|1", { before: "PID" });
      expect(printMessage(message).length).toBe(text.length + 2 * added);
      expect(() => message.insertSegment("ZZZ", "atEnd")).toThrow("hl7v2.aboveLimit");
      // No edit is refused for what another took.
      message.setRaw("OBX-1", "2");
      message.remove("NTE");
      message.insertSegment("NTE|1", "atEnd");
    });

    test("one that is one character too long is refused", () => {
      const message = limited(text, { maxCharacters: text.length + added - 1 });
      expect(() => message.insertSegment("NTE|1", "atEnd")).toThrow("hl7v2.aboveLimit");
      expect(printMessage(message)).toBe(text);
    });

    test("one that is taken out gives all of it back", () => {
      const message = limited(text, { maxCharacters: text.length });
      message.remove("OBX");
      message.insertSegment("OBX|2", { after: "PID" });
      expect(printMessage(message)).toBe(text.replace("OBX|1", "OBX|2"));
    });

    test("and nothing that is printed is too long to be parsed again", () => {
      const edit = fc.record({
        is: fc.constantFrom("insert", "remove"),
        at: fc.nat({ max: 6 }),
        raw: fc.constantFrom("NTE|1", "ZZZ", `NTE|${"x".repeat(9)}`),
      });
      const room = fc.nat({ max: 30 });
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 30 }), room, fc.boolean(), (all, spare, isOpen) => {
          const received = isOpen ? text.slice(0, -end.length) : text;
          const maxCharacters = received.length + spare;
          const message = limited(received, { maxCharacters });
          for (const { is, at, raw } of all) {
            const place = message.segments[at]?.at;
            if (place === undefined || place === "MSH") continue;
            if (is === "remove") message.remove(place);
            else tried(() => message.insertSegment(raw, { after: place }));
            limited(printMessage(message), { maxCharacters });
          }
        }),
      );
    });
  });

  test("by default a field of five digits is refused", () => {
    const message = parsed(headed("PID|1\r"));
    expect(() => message.set("PID-99999", "x")).toThrow("hl7v2.aboveLimit");
    message.set("PID-10000", "x");
    expect(parsed(printMessage(message)).get("PID-10000")).toBe("x");
  });
});

describe("ten thousand edits print what was written:", () => {
  const count = 10_000;
  const result = "OBX|1|TX|3||x\r";
  const received = `PID|1\r${result.repeat(count)}`;

  test.each<{
    what: string;
    edit: (message: Hl7Message, index: number) => void;
    printed: string;
  }>([
    {
      what: "fields of one segment",
      edit: (m, index) => m.set(`PID-${count - index}`, "y"),
      printed: received.replace("PID|1", `PID${"|y".repeat(count)}`),
    },
    {
      what: "repetitions of one field",
      edit: (m, index) => m.set(`PID-3[${index}]`, "y"),
      printed: received.replace("PID|1", `PID|1||y${"~y".repeat(count - 1)}`),
    },
    {
      what: "one field of many segments",
      edit: (m, index) => m.set(`OBX[${index}]-5`, "y"),
      printed: `PID|1\r${"OBX|1|TX|3||y\r".repeat(count)}`,
    },
    {
      what: "segments that are added and written",
      edit: (m, index) => {
        m.insertSegment("NTE|1", "atEnd");
        m.set(`NTE[${index}]-3`, "y");
      },
      printed: `${received}${"NTE|1||y\r".repeat(count)}`,
    },
    {
      what: "segments behind others",
      edit: (m, index) => m.insertSegment("NTE|1", { after: `OBX[${index}]` }),
      printed: `PID|1\r${`${result}NTE|1\r`.repeat(count)}`,
    },
    { what: "segments that are taken out", edit: (m) => m.remove("OBX"), printed: "PID|1\r" },
  ])("$what", ({ edit, printed }) => {
    const message = parsed(headed(received));
    for (let index = 0; index < count; index += 1) edit(message, index);
    // Of texts so long a difference would take minutes to be printed.
    expect(printMessage(message) === headed(printed)).toBe(true);
    expect(`${message.segments.map(({ raw }) => raw).join("\r")}\r` === headed(printed)).toBe(true);
  });
});
