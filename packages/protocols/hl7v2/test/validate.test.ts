import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMessage } from "../src/index.ts";
import { type SiteProfile, createValidator } from "../src/validate/index.ts";
import { admission } from "../bench/admission.ts";
import { anyParts, anySeparators, parsed, writeMessage } from "./written.ts";

const header = "MSH|^~\\&|LAB|TH|HUB|TH|20260115103000||ADT^A01^ADT_A01|1|P|2.5.1";
const event = "EVN||20260115103000";
const patient = "PID|1||A1^^^TH^MR||WREN^EDITH||19620304|F";
const visit = "PV1|1|I";
const good = [header, event, patient, visit];

describe("a message that keeps to the standard", () => {
  test("has no findings", () => {
    expect(found(good)).toEqual([]);
    expect(createValidator()(parsed(admission(1))).findings).toEqual([]);
  });
});

describe("a finding", () => {
  test.each([
    { is: "error missingSegment at MSH", lines: [header, patient, visit] },
    { is: "warning segmentOutOfOrder at NK1", lines: [...good, "NK1|1|WREN^TOM"] },
    { is: "warning segmentRepeated at PID[1]", lines: [...good, patient] },
    { is: "warning unexpectedSegment at SCH", lines: [...good, "SCH|1|1|||||||||||||||TH^ROW"] },
    { is: "warning unknownSegment at QQQ", lines: [...good, "QQQ|1"] },
    { is: "note ownSegment at ZPD", lines: [...good, "ZPD|1", "ZPD|2"] },
    { is: "error missingField at PID-5", lines: replaced("||WREN^EDITH", "||") },
    { is: "error missingField at PV1-2", lines: replaced("PV1|1|I", "PV1|1") },
    { is: "warning missingComponent at PID-3.1", lines: replaced("A1^^^", "^^^") },
    { is: "error notASequence at PID-1", lines: replaced("PID|1", "PID|one") },
    { is: "error notATimestamp at PID-7.1", lines: replaced("19620304", "19621304") },
    { is: "error notATimestamp at EVN-2.1", lines: replaced("EVN||2026", "EVN||26") },
    { is: "error notADate at PID-3[1].7", lines: replaced("A1^^^TH^MR", "A1~B1^^^^^^20260231") },
    { is: "warning dateWithTime at PID-3.7", lines: replaced("TH^MR", "TH^MR^^202601151030") },
    { is: "note tooLong at PID-19", lines: filled(19, "9".repeat(17)) },
    { is: "note unknownCode at PID-8", lines: replaced("|F", "|X9") },
    { is: "warning unknownCode at PID-24", lines: filled(24, "Q") },
    { is: "warning unknownCode at PID-3.5", lines: replaced("^MR", "^NOSUCH") },
    { is: "note unknownCode at PID-16.1", lines: filled(16, "Q^Quarrelling") },
    { is: "warning tooManyRepetitions at PID-7", lines: replaced("19620304", "19620304~1963") },
    { is: "note unknownComponent at PID-23", lines: filled(23, "A^B") },
    { is: "note laterField at PID-40", lines: filled(40, "^PRN^PH") },
    { is: "note unknownField at PID-41", lines: filled(41, "1") },
    {
      is: "note formerField at PID-19",
      lines: filled(19, "9").with(0, header.replace("2.5.1", "2.8")),
    },
    { is: "warning unknownVersion at MSH-12", lines: good.with(0, header.replace("2.5.1", "3")) },
    { is: "error notANumber at OBX-5", lines: observed("OBX|1|NM|1^X||<5||||||F") },
    { is: "error notATime at OBX-5", lines: observed("OBX|1|TM|1^X||2561||||||F") },
    { is: "error valueWithoutType at OBX-5", lines: observed("OBX|1||1^X||5||||||F") },
  ])("is $is", ({ is, lines }) => {
    expect(found(lines)).toContain(is);
  });

  test.each([
    { what: "an empty field that may be", lines: filled(24, "") },
    { what: "a null where a code belongs", lines: filled(24, '""') },
    { what: "a number with sign and point", lines: observed("OBX|1|NM|1^X||-0.5||||||F") },
    { what: "a time of day with an offset", lines: observed("OBX|1|TM|1^X||2359+0100||||||F") },
    { what: "a code of another system", lines: filled(16, "Q^Quarrelling^LOCAL") },
    { what: "a leap day", lines: replaced("19620304", "19640229") },
    { what: "text that only looks like parts", lines: filled(23, "A\\S\\B") },
    {
      what: "a type that no version has",
      lines: observed("OBX|1|NM|1^X||5||||||F", "OBX|1|ST|1||a"),
    },
  ])("is none for $what", ({ lines }) => {
    const unwanted = found(lines).filter((is) => !is.includes("missingField"));
    expect(unwanted).toEqual([]);
  });

  test("says nothing of what the message holds", () => {
    const secret = "S3CR3T";
    const lines = [header, event, ...visitOf(secret)];
    const { findings } = createValidator()(parsed(lines.join("\r")));
    expect(findings.length).toBeGreaterThan(3);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test("has a place that the message reads, a text and a hint", () => {
    const message = parsed(replaced("A1^^^TH^MR", "A1~B1^^^^^^20260231").join("\r"));
    const [first] = createValidator()(message).findings;
    expect(first).toMatchObject({ code: "hl7v2.notADate", at: "PID-3[1].7" });
    expect(message.get(first?.at ?? "")).toBe("20260231");
  });
});

describe("a validation", () => {
  test("gives as many findings as the limit allows, the worst first, and counts them all", () => {
    const lines = filled(24, "Q").with(3, "PV1|1");
    const all = createValidator()(parsed(lines.join("\r")));
    expect(all.counts).toEqual({ error: 1, warning: 1, note: 0 });
    const one = createValidator({ maxFindings: 1 })(parsed(lines.join("\r")));
    expect(one).toMatchObject({ omitted: 1, counts: all.counts, findings: [{ level: "error" }] });
    expect(createValidator({ maxFindings: 0 })(parsed(lines.join("\r"))).findings).toEqual([]);
  });

  test("gives one finding where the type has no structure, and checks the segments", () => {
    const lines = good.with(0, header.replace("ADT^A01^ADT_A01", "ZZZ^Z99")).with(3, "PV1|1");
    expect(found(lines)).toEqual(
      expect.arrayContaining(["warning unknownStructure at MSH-9", "error missingField at PV1-2"]),
    );
  });

  test("never throws, whatever the message", () => {
    const validate = createValidator({ profile: { tables: { "0001": { only: ["F"] } } } });
    const names = fc.constantFrom(..."PID PV1 OBX OBR ORC ZZ1 MFE QPD constructor".split(" "));
    fc.assert(
      fc.property(anyParts, anySeparators, names, (parts, separators, name) => {
        const text = writeMessage(parts, separators).replace("\rZZZ", `\r${name.slice(0, 3)}`);
        const result = parseMessage(text);
        if (result.ok) expect(validate(result.value).omitted).toBeGreaterThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (rest) => {
        const result = parseMessage(`${header}\rPID|${rest}\rOBX|${rest}`);
        if (result.ok) expect(validate(result.value).counts.error).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("a site's profile", () => {
  const profile: SiteProfile = {
    segments: {
      ZPD: {
        name: "Portal data",
        fields: { "1": { name: "Portal ID", type: "NM", usage: "required" } },
      },
      PID: { fields: { "8": { usage: "required" }, "19": { usage: "unused" } } },
    },
    messages: {
      ADT: { segments: { AL1: { usage: "required" } } },
      "ADT^A01": {
        segments: {
          EVN: { usage: "optional" },
          AL1: { usage: "optional" },
          PID: {
            fields: { "8": { codes: ["F", "M"] }, "19": { maxLength: 4, usage: "optional" } },
          },
          NTE: {},
        },
      },
    },
    tables: { "0136": { add: ["Q"] }, "0002": { only: ["M", "S"] } },
  };

  test.each([
    { what: "describes a segment of the site's own", lines: [...good, "ZPD|12"], is: [] },
    {
      what: "makes a field of it required",
      lines: [...good, "ZPD||x"],
      is: ["error missingField at ZPD-1", "note unknownField at ZPD-2"],
    },
    {
      what: "gives it a type",
      lines: [...good, "ZPD|twelve"],
      is: ["error notANumber at ZPD-1"],
    },
    {
      what: "makes a field required that the standard does not",
      lines: replaced("|F", "|"),
      is: ["error missingField at PID-8"],
    },
    {
      what: "allows only some codes",
      lines: replaced("|F", "|U"),
      is: ["error unknownCode at PID-8"],
    },
    { what: "adds a code to a table", lines: filled(24, "Q"), is: [] },
    { what: "fixes a table", lines: filled(16, "W"), is: ["error unknownCode at PID-16.1"] },
    { what: "drops a segment that the standard demands", lines: [header, patient, visit], is: [] },
    { what: "lets a segment stand where it has no place", lines: [...good, "NTE|1||x"], is: [] },
    { what: "shortens a field", lines: filled(19, "12345"), is: ["note tooLong at PID-19"] },
  ])("$what", ({ lines, is }) => {
    expect(found(lines, profile)).toEqual(is);
  });

  test("counts for the messages of its type alone, the closer part first", () => {
    const discharge = [
      "MSH|^~\\&|LAB|TH|HUB|TH|20260115103000||ADT^A03^ADT_A03|1|P|2.5.1",
      event,
      `${patient}|||||||||||9`,
      visit,
    ];
    expect(found(discharge, profile)).toEqual([
      "error missingSegment at MSH",
      "warning unusedField at PID-19",
    ]);
  });

  test("says nothing where it is empty, and what it does not speak of is not its own", () => {
    expect(found(good, { segments: {}, messages: {}, tables: {} })).toEqual([]);
    const strange = good.with(0, header.replace("ADT^A01^ADT_A01", "constructor^toString"));
    expect(found(strange, profile)).toContain("warning unknownStructure at MSH-9");
  });
});

function found(lines: readonly string[], profile: SiteProfile = {}): readonly string[] {
  return createValidator({ profile })(parsed(lines.join("\r"))).findings.map(
    ({ level, code, at }) => `${level} ${code.replace("hl7v2.", "")} at ${at}`,
  );
}

/** The good message with one text for another. */
function replaced(from: string, to: string): string[] {
  return good.map((line) => line.replace(from, to));
}

/** The good message with a field of PID filled. */
function filled(number: number, text: string): string[] {
  const fields = patient.split("|");
  while (fields.length <= number) fields.push("");
  fields[number] = text;
  return good.with(2, fields.join("|"));
}

function observed(...lines: readonly string[]): string[] {
  return [...good, ...lines];
}

function visitOf(secret: string): string[] {
  return [
    `PID|${secret}||${secret}^^^TH^${secret}|||| ${secret}|${secret}|||||||||||${secret}${secret}${secret}`,
    `PV1|1|${secret}`,
    `QQQ|${secret}`,
    `OBX|1|${secret}|1^X||${secret}`,
  ];
}
