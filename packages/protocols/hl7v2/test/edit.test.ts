import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hl7Message, printMessage } from "../src/index.ts";
import { anyParts, anySeparators, anyText, headed, parsed, writeMessage } from "./written.ts";

const pid = "PID|1||77^^^TH^MR~88||WREN^EDITH^A";

describe("set", () => {
  test.each([
    { path: "PID-3[0].1", text: "99", line: "PID|1||99^^^TH^MR~88||WREN^EDITH^A" },
    { path: "PID.3[0].1", text: "99", line: "PID|1||99^^^TH^MR~88||WREN^EDITH^A" },
    { path: "PID-3.4.2", text: "x", line: "PID|1||77^^^TH&x^MR~88||WREN^EDITH^A" },
    { path: "PID-3[1]", text: "99", line: "PID|1||77^^^TH^MR~99||WREN^EDITH^A" },
    { path: "PID-3[3].2", text: "x", line: "PID|1||77^^^TH^MR~88~~^x||WREN^EDITH^A" },
    { path: "PID-3", text: "99", line: "PID|1||99||WREN^EDITH^A" },
    { path: "PID-2", text: "7", line: "PID|1|7|77^^^TH^MR~88||WREN^EDITH^A" },
    { path: "PID-7.2", text: "x", line: `${pid}||^x` },
    { path: "PID-7", text: "", line: pid },
    { path: "PID-1", text: "", line: pid.replace("|1|", "||") },
    { path: "PID-5.2", text: null, line: 'PID|1||77^^^TH^MR~88||WREN^""^A' },
    { path: "PID-5.1", text: "O|W~L", line: "PID|1||77^^^TH^MR~88||O\\F\\W\\R\\L^EDITH^A" },
    { path: "PID-5.1", text: "a\rb\nc", line: "PID|1||77^^^TH^MR~88||a\\X0D\\b\\.br\\c^EDITH^A" },
  ])("of $path writes that part alone: $line", ({ path, text, line }) => {
    const message = parsed(headed(`${pid}\rPV1|1\r`));
    message.set(path, text);
    expect(printMessage(message)).toBe(headed(`${line}\rPV1|1\r`));
    expect(message.get(path)).toBe(text === null || text === "" ? undefined : text);
  });

  test("shows in all that is asked for afterwards, and not in what was asked for before", () => {
    const message = parsed(headed("OBX|1\rOBX|2\r"));
    const [before] = message.all("OBX");
    message.set("OBX[0]-3", "A");
    message.set("OBX[1]-3", "B");
    message.set("OBX[1]-3.2", "C");
    expect(message.all("OBX").map(({ raw }) => raw)).toEqual(["OBX|1||A", "OBX|2||B^C"]);
    expect(message.segments.map(({ raw }) => raw).slice(1)).toEqual(["OBX|1||A", "OBX|2||B^C"]);
    expect(before?.raw).toBe("OBX|1");
  });

  test("in MSH keeps to how MSH counts", () => {
    const message = parsed(headed(""));
    message.set("MSH-10", "X");
    message.set("MSH-3", "ME");
    expect(message).toMatchObject({ controlId: "X", type: "ORU^R01" });
    expect(printMessage(message)).toBe(headed("").replace("|LAB|", "|ME|").replace("|1|P", "|X|P"));
  });

  test("changes nothing else, whatever the message and its separators", () => {
    const anyMessage = fc.tuple(anyParts, anySeparators);
    const place = fc.tuple(digit(4), digit(4), digit(4), digit(4));
    fc.assert(
      fc.property(anyMessage, place, anyText, ([parts, separators], at, text) => {
        const [field, repetition, component, part] = at;
        const message = parsed(writeMessage(parts, separators));
        const path = `ZZZ-${field + 1}[${repetition}].${component + 1}.${part + 1}`;
        const before = allTexts(message);
        message.set(path, text);
        const wanted = text === "" || text === '""' ? {} : { [path]: text };
        const { [path]: _old, ...others } = before;
        expect(allTexts(message)).toEqual({ ...others, ...wanted });
        expect(printMessage(parsed(printMessage(message)))).toBe(printMessage(message));
      }),
    );
  });
});

describe("setRaw", () => {
  test("writes what is divided already", () => {
    const message = parsed(headed(`${pid}\r`));
    message.setRaw("PID-5", "OWL^ADA~OWL^A");
    message.setRaw("PID-3[1]", "1^^^X");
    expect(message.get("PID-5[1].2")).toBe("A");
    expect(printMessage(message)).toBe(headed("PID|1||77^^^TH^MR~1^^^X||OWL^ADA~OWL^A\r"));
  });

  test("replaces a whole segment", () => {
    const message = parsed(headed("PID|1\rOBX|1\rOBX|2"));
    message.setRaw("OBX", "NTE|1||x");
    expect(message.segments.map(({ at }) => at)).toEqual(["MSH", "PID", "NTE", "OBX"]);
    expect(printMessage(message)).toBe(headed("PID|1\rNTE|1||x\rOBX|2"));
  });

  test.each([
    { path: "PID-5", raw: "a|b" },
    { path: "PID-5", raw: "a\rb" },
    { path: "PID-5[0]", raw: "a~b" },
    { path: "PID-5.1", raw: "a^b" },
    { path: "PID-5.1.1", raw: "a&b" },
  ])("refuses $raw at $path", ({ path, raw }) => {
    const message = parsed(headed(`${pid}\r`));
    expect(() => message.setRaw(path, raw)).toThrow("hl7v2.holdsSeparator");
    expect(printMessage(message)).toBe(headed(`${pid}\r`));
  });
});

describe("insert and remove", () => {
  test.each([
    { path: "PID-3[0]", line: "PID|1||new~77^^^TH^MR~88||WREN^EDITH^A" },
    { path: "PID-3[1]", line: "PID|1||77^^^TH^MR~new~88||WREN^EDITH^A" },
    { path: "PID-3[2]", line: "PID|1||77^^^TH^MR~88~new||WREN^EDITH^A" },
    { path: "PID-5.2", line: "PID|1||77^^^TH^MR~88||WREN^new^EDITH^A" },
    { path: "PID-3[0].4.1", line: "PID|1||77^^^new&TH^MR~88||WREN^EDITH^A" },
    { path: "PID-2", line: "PID|1|new||77^^^TH^MR~88||WREN^EDITH^A" },
    { path: "PID-4[0]", line: "PID|1||77^^^TH^MR~88|new|WREN^EDITH^A" },
  ])("of $path are each other's opposite", ({ path, line }) => {
    const message = parsed(headed(`${pid}\rPV1|1\r`));
    message.insert(path, "new");
    expect(printMessage(message)).toBe(headed(`${line}\rPV1|1\r`));
    message.remove(path);
    expect(printMessage(message)).toBe(headed(`${pid}\rPV1|1\r`));
  });

  test("of a part that is not there change nothing, or write it", () => {
    const message = parsed(headed("PID|1\r"));
    message.remove("PID-3[2].4");
    message.remove("ZZZ");
    message.remove("OBX[3]-1");
    expect(printMessage(message)).toBe(headed("PID|1\r"));
    message.insert("PID-3.2", "x");
    expect(printMessage(message)).toBe(headed("PID|1||^x\r"));
  });

  test("work on segments, wherever they are asked to stand", () => {
    const message = parsed(headed("PID|1\rOBX|1\rOBX|2\r"));
    message.insertSegment("NTE|1", { after: "PID" });
    message.insertSegment("OBX|0", { before: "OBX" });
    message.insertSegment("ZZZ|1", "atEnd");
    expect(printMessage(message)).toBe(headed("PID|1\rNTE|1\rOBX|0\rOBX|1\rOBX|2\rZZZ|1\r"));
    expect(message.all("OBX").map(({ at }) => `${at} ${message.get(`${at}-1`)}`)).toEqual([
      "OBX 0",
      "OBX[1] 1",
      "OBX[2] 2",
    ]);
    message.set("OBX[1]-2", "NM");
    message.remove("OBX[0]");
    message.remove("NTE");
    message.remove("ZZZ");
    expect(printMessage(message)).toBe(headed("PID|1\rOBX|1|NM\rOBX|2\r"));
  });

  test.each([
    { text: "MSH|^~\\&|A\nPID|1\n", after: "MSH|^~\\&|A\nPID|1\nNTE|1\n" },
    { text: "MSH|^~\\&|A\r\nPID|1\r\n", after: "MSH|^~\\&|A\r\nPID|1\r\nNTE|1\r\n" },
    { text: "MSH|^~\\&|A\rPID|1", after: "MSH|^~\\&|A\rPID|1\rNTE|1" },
    { text: "MSH|^~\\&|A", after: "MSH|^~\\&|A\rNTE|1" },
    { text: "\u{FEFF}MSH|^~\\&|A\r\r", after: "\u{FEFF}MSH|^~\\&|A\r\rNTE|1\r" },
  ])("give a segment the end that the others have", ({ text, after }) => {
    const message = parsed(text);
    message.insertSegment("NTE|1", "atEnd");
    expect(printMessage(message)).toBe(after);
  });

  test("leave every other segment as it is, in any order of edits", () => {
    const edit = fc.tuple(fc.constantFrom("insert", "remove", "set"), fc.nat({ max: 7 }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const message = parsed(headed("ZZ1|a\rZZ1|b\rZZ1|c\r"));
        const model = ["ZZ1|a", "ZZ1|b", "ZZ1|c"];
        for (const [index, [what, at]] of edits.entries()) {
          if (what === "insert" && at < model.length) {
            message.insertSegment(`ZZ1|new${index}`, { before: `ZZ1[${at}]` });
            model.splice(at, 0, `ZZ1|new${index}`);
          } else if (what === "remove") {
            message.remove(`ZZ1[${at}]`);
            model.splice(at, 1);
          } else if (at < model.length) {
            message.set(`ZZ1[${at}]-2`, `set${index}`);
            model[at] = `${model[at]?.split("|").slice(0, 2).join("|")}|set${index}`;
          }
        }
        expect(message.all("ZZ1").map(({ raw }) => raw)).toEqual(model);
        expect(printMessage(message)).toBe(headed(model.map((line) => `${line}\r`).join("")));
      }),
    );
  });
});

describe("an edit that cannot be", () => {
  const edits: Readonly<Record<string, (message: Hl7Message) => void>> = {
    "hl7v2.badPath": (message) => message.set("PID-", "x"),
    "hl7v2.badPath of a segment": (message) => message.set("PID", "x"),
    "hl7v2.noSuchSegment": (message) => message.set("PID[1]-3", "x"),
    "hl7v2.noSuchSegment to stand at": (message) =>
      message.insertSegment("NTE|1", { after: "OBX" }),
    "hl7v2.separatorsAreFixed in MSH-1": (message) => message.set("MSH-1", "*"),
    "hl7v2.separatorsAreFixed in MSH-2": (message) => message.remove("MSH-2"),
    "hl7v2.separatorsAreFixed without MSH": (message) => message.remove("MSH"),
    "hl7v2.separatorsAreFixed before MSH": (message) =>
      message.insertSegment("NTE|1", { before: "MSH" }),
    "hl7v2.separatorsAreFixed as a whole": (message) => message.setRaw("MSH", "ZZZ|1"),
    "hl7v2.badSegment of lines": (message) => message.insertSegment("NTE|1\rNTE|2", "atEnd"),
    "hl7v2.badSegment of a header": (message) => message.insertSegment("MSH|^~\\&", "atEnd"),
    "hl7v2.badSegment without a name": (message) => message.setRaw("PID", "P|1"),
  };

  test.each(Object.entries(edits))("throws %s and leaves the message", (code, edit) => {
    const message = parsed(headed("PID|1\r"));
    expect(() => edit(message)).toThrow(code.split(" ")[0]);
    expect(printMessage(message)).toBe(headed("PID|1\r"));
  });

  test.each(["PID-1[1]", "PID-1.1.2"])(
    "throws where MSH-2 declares no separator for it: %s",
    (path) => {
      const message = parsed("MSH|^|A\rPID|x\r");
      expect(() => message.set(path, "y")).toThrow("hl7v2.noSeparator");
      expect(() => message.insert("PID-1[0]", "y")).toThrow("hl7v2.noSeparator");
      expect(() => message.set("PID-1", "a^b")).toThrow("hl7v2.noSeparator");
      expect(printMessage(message)).toBe("MSH|^|A\rPID|x\r");
    },
  );
});

test("a part can be looked at whole", () => {
  const message = parsed(headed(`${pid}||""\r`));
  expect(message.part("PID-3")).toMatchObject({ raw: "77^^^TH^MR~88", at: "PID-3" });
  expect(message.part("PID-3[1]")).toMatchObject({ raw: "88", at: "PID-3[1]" });
  expect(message.part("PID-3.4")).toMatchObject({ raw: "TH", at: "PID-3.4" });
  expect(message.part("PID-7")).toMatchObject({ isNull: true });
  expect(message.part("PID")).toMatchObject({ name: "PID" });
  expect(message.part("PID-3.4.1")).toMatchObject({ text: "TH" });
  expect(message.part("PID-3[7].1")).toBeUndefined();
  expect(message.part("OBX-1")).toBeUndefined();
  expect(message.part("nothing")).toBeUndefined();
});

function digit(count: number): fc.Arbitrary<number> {
  return fc.nat({ max: count - 1 });
}

/** Every text of the segment ZZZ by its full path. */
function allTexts(message: Hl7Message): Record<string, string> {
  const found: Record<string, string> = {};
  const segment = message.first("ZZZ");
  for (let number = 1; number <= (segment?.fieldCount ?? 0); number += 1) {
    for (const repetition of segment?.field(number).repetitions ?? []) {
      for (let part = 1; part <= repetition.componentCount; part += 1) {
        const component = repetition.component(part);
        for (let sub = 1; sub <= component.subcomponentCount; sub += 1) {
          const text = component.subcomponent(sub).text;
          if (text !== undefined) found[`ZZZ-${number}[${repetition.index}].${part}.${sub}`] = text;
        }
      }
    }
  }
  return found;
}
