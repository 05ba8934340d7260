import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMessage } from "../src/index.ts";
import { type Parts, anyParts, anySeparators, headed, parsed, writeMessage } from "./written.ts";

describe("separators", () => {
  test.each([
    { what: "the usual five", text: "MSH|^~\\&|LAB\rPID|a^b~c&d\rZZ1|x\\S\\y" },
    { what: "any others", text: "MSH*:;!?*LAB\rPID*a:b;c?d\rZZ1*x!S!y" },
    { what: "a truncation character", text: "MSH|^~\\&#|LAB\rPID|a^b~c&d\rZZ1|x\\S\\y" },
  ])("are taken from MSH: $what", ({ text }) => {
    const message = parsed(text);
    expect(message.get("MSH-3")).toBe("LAB");
    expect(message.get("PID-1.2")).toBe("b");
    expect(message.get("PID-1[1].1.2")).toBe("d");
    expect(message.get("ZZ1-1")).toBe(`x${message.separators.component}y`);
  });

  test("that MSH-2 leaves out divide nothing", () => {
    const message = parsed("MSH|^|LAB\rPID|a~b^c\\S\\&d");
    expect(message.get("PID-1")).toBe("a~b");
    expect(message.get("PID-1.2")).toBe("c\\S\\&d");
  });

  test("do not divide the fields that declare them", () => {
    const message = parsed("MSH|^~\\&|LAB");
    expect(message.get("MSH-1")).toBe("|");
    expect(message.get("MSH-2")).toBe("^~\\&");
    expect(message.get("MSH-2.1.1")).toBe("^~\\&");
    expect(message.get("MSH-2.1.2")).toBeUndefined();
  });

  test("in any choice give back every part as it was written", () => {
    fc.assert(
      fc.property(anyParts, anySeparators, (parts, separators) => {
        const message = parsed(writeMessage(parts, separators));
        const segment = message.first("ZZZ");
        const found = parts.map((repetitions, field) =>
          repetitions.map((components, repetition) =>
            components.map((texts, component) =>
              texts.map(
                (_, part) =>
                  segment
                    ?.field(field + 1)
                    .repetitions[repetition]?.component(component + 1)
                    .subcomponent(part + 1).text ?? "",
              ),
            ),
          ),
        );
        expect(found).toEqual(withoutNulls(parts));
      }),
    );
  });
});

describe("what a part holds", () => {
  const message = parsed(headed('PID|1|""||A~B~|C^""^|\rOBX|1\rOBX|2\r'));
  const [pid] = message.all("PID");

  test("is nothing where it is empty, and the null where the sender wants it deleted", () => {
    expect(pid?.field(2)).toMatchObject({ isNull: true, isEmpty: false });
    expect(pid?.field(3)).toMatchObject({ isNull: false, isEmpty: true, repetitions: [] });
    expect(pid?.field(9)).toMatchObject({ isNull: false, isEmpty: true, repetitions: [] });
    expect(message.get("PID-2")).toBeUndefined();
    expect(message.get("PID-3")).toBeUndefined();
    expect(pid?.field(5).component(2).raw).toBe('""');
    expect(message.get("PID-5.2")).toBeUndefined();
  });

  test("is one text for each repetition, the empty one at the end too", () => {
    expect(pid?.field(4).repetitions.map(({ raw }) => raw)).toEqual(["A", "B", ""]);
    expect(message.get("PID-4[1]")).toBe("B");
    expect(message.get("PID-4[2]")).toBeUndefined();
  });

  test("is nothing beyond what is written, on either side", () => {
    expect([0, 6, 99].map((number) => pid?.field(number).raw)).toEqual(["", "", ""]);
    expect(pid?.field(4).component(9)).toMatchObject({ raw: "", text: undefined });
    expect(pid?.field(4).component(1).subcomponent(0)).toMatchObject({ raw: "", text: undefined });
  });

  test("has a place of its own", () => {
    expect(message.all("OBX").map(({ at }) => at)).toEqual(["OBX", "OBX[1]"]);
    expect(pid?.field(4).repetitions[1]?.component(1).subcomponent(1).at).toBe("PID-4[1].1.1");
    expect(message.get("OBX[1]-1")).toBe("2");
  });

  test.each(["PID", "PID-0", "PID-5.0", "PID-5.1.0", "pid-5", "PID-5.1.1.1", "PID[9]-1", ""])(
    "is nothing at %s, which is no place of a value",
    (path) => expect(message.get(path)).toBeUndefined(),
  );
});

describe("the header", () => {
  test.each([
    { field: "ADT^A08^ADT_A01", type: "ADT^A08" },
    { field: "ACK", type: "ACK" },
    { field: "", type: "" },
  ])("gives the type of MSH-9 $field", ({ field, type }) => {
    const message = parsed(`MSH|^~\\&|||||||${field}|4711|P|2.5.1`);
    expect(message).toMatchObject({ type, controlId: "4711", version: "2.5.1" });
  });

  test.each([
    { what: "nothing", text: "", code: "noHeader" },
    { what: "no MSH", text: "PID|1\r", code: "noHeader" },
    { what: "blanks in front of MSH", text: " MSH|^~\\&|LAB\r", code: "noHeader" },
    { what: "a batch", text: "FHS|^~\\&|LAB\rMSH|^~\\&|LAB\r", code: "noHeader" },
    { what: "MSH alone", text: "MSH", code: "badSeparators" },
    { what: "no MSH-2", text: "MSH||LAB\r", code: "badSeparators" },
    { what: "a letter as separator", text: "MSHx^~\\&xLAB\r", code: "badSeparators" },
    { what: "a blank as separator", text: "MSH|^ \\&|LAB\r", code: "badSeparators" },
    { what: "the quote of the null as separator", text: 'MSH|^~"&|LAB\r', code: "badSeparators" },
    { what: "one separator for two things", text: "MSH|^~~&|LAB\r", code: "badSeparators" },
    { what: "six encoding characters", text: "MSH|^~\\&#!|LAB\r", code: "badSeparators" },
    { what: "characters beyond ASCII", text: "MSH§^~\\&§LAB\r", code: "badSeparators" },
    { what: "two headers", text: headed(headed("")), code: "severalHeaders" },
  ])("is refused with $what", ({ text, code }) => {
    const result = parseMessage(text);
    expect(result).toMatchObject({ ok: false, problem: { code: `hl7v2.${code}` } });
    expect(result.ok ? "" : result.problem.hint).not.toBe("");
  });

  test("may be all there is", () => {
    expect(parsed("MSH|^~\\&\r").separators.subcomponent).toBe("&");
    expect(parsed("MSH|^~\\&\rPID|1").get("PID-1")).toBe("1");
  });

  test("may follow a byte order mark", () => {
    expect(parsed("\u{FEFF}MSH|^~\\&|LAB").get("MSH-3")).toBe("LAB");
  });
});

describe("the ends of segments", () => {
  const lines = ["MSH|^~\\&|LAB", "PID|1", "OBX|1"];

  test.each([
    { what: "CR", end: "\r", warnings: [] },
    { what: "CRLF", end: "\r\n", warnings: ["hl7v2.lineFeeds"] },
    { what: "LF", end: "\n", warnings: ["hl7v2.lineFeeds"] },
  ])("may be $what", ({ end, warnings }) => {
    for (const text of [lines.join(end), `${lines.join(end)}${end}`, lines.join(`${end}${end}`)]) {
      const message = parsed(text);
      expect(message.segments.map(({ raw }) => raw)).toEqual(lines);
      expect(message.warnings.map(({ code }) => code)).toEqual(warnings);
    }
  });

  test("may differ within a message", () => {
    const message = parsed("MSH|^~\\&|LAB\rPID|1\nOBX|1\r\nOBX|2\n");
    expect(message.segments.map(({ at }) => at)).toEqual(["MSH", "PID", "OBX", "OBX[1]"]);
    expect(message.warnings.map(({ code }) => code)).toEqual(["hl7v2.lineFeeds"]);
  });

  test("are no line feeds where CR ends segments: those belong to the field", () => {
    const message = parsed("MSH|^~\\&|LAB\rNTE|1||one\ntwo\n\nthree|x\rOBX|1\r");
    expect(message.segments).toHaveLength(3);
    expect(message.get("NTE-3")).toBe("one\ntwo\n\nthree");
    expect(message.get("NTE-4")).toBe("x");
    expect(message.warnings.map(({ code }) => code)).toEqual(["hl7v2.lineFeedInside"]);
  });

  test.each(["oops", "pid|1", "1ID|1", "PIDX|1", "PI|1", "PID^1", " PID|1"])(
    "are refused where the line is no segment, with its place: %s",
    (line) => {
      const problem = { code: "hl7v2.notASegment", at: "line 3" };
      expect(parseMessage(headed(`PID|1\r${line}\r`))).toMatchObject({ ok: false, problem });
      expect(parseMessage(`MSH|^~\\&|LAB\nPID|1\n${line}\n`)).toMatchObject({ ok: false, problem });
    },
  );
});

test("any text is a message or a problem", () => {
  const start = fc.constantFrom("", "MSH", "MSH|", "MSH|^~\\&", "MSH|^~\\&|", "\u{FEFF}MSH|^~\\&|");
  fc.assert(
    fc.property(start, fc.string({ unit: "binary" }), (head, rest) => {
      expect(typeof parseMessage(`${head}${rest}`).ok).toBe("boolean");
    }),
  );
});

/** Two quotes alone are the null, and no text. */
function withoutNulls(parts: Parts): Parts {
  return parts.map((repetitions) =>
    repetitions.map((components) =>
      components.map((texts) => texts.map((text) => (text === '""' ? "" : text))),
    ),
  );
}

test("a field is empty where its text is, in headers and far beyond the last field too", () => {
  const parsed = parseMessage('MSH|^~\\&|||A\rPID|1|||x~|""|\rPV1\r');
  if (!parsed.ok) throw new Error(parsed.problem.text);
  for (const segment of parsed.value.segments) {
    for (const number of [5, 4, 3, 2, 1, 0, -1, 6, 7, 40]) {
      expect(segment.isEmptyAt(number), `${segment.name}-${number}`).toBe(
        segment.field(number).isEmpty,
      );
    }
  }
});
