import { reveal } from "@trestle/base";
import { defaultLimits, parseMessage } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import {
  type NotMapped,
  type UnmappedField,
  createMapper,
  declaredNotMapped,
  siteMaps,
  unmappedFields,
} from "../src/index.ts";
import { cases, read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";

const mapper = createMapper();

describe("the fields that reached nothing", () => {
  test("are named with their place and their text", () => {
    expect(lostIn("ZPD|Blue\r")).toEqual([
      { at: "ZPD-1", place: "ZPD-1", name: undefined, raw: "Blue" },
    ]);
  });

  test("count repetitions and segments from 0, and have a place that is the same for all", () => {
    const lost = lostIn("ZPD|Blue\rZPD|Green~Red\r");
    expect(lost.map(({ at }) => at)).toEqual(["ZPD-1", "ZPD[1]-1", "ZPD[1]-1[1]"]);
    expect(new Set(lost.map(({ place }) => place))).toEqual(new Set(["ZPD-1"]));
  });

  test("are components where the rest of the field reached something", () => {
    const lost = lostIn(`PV1|1|I|W1^R1^B1^TH${"^".repeat(16)}LOST\r`);
    expect(lost.map(({ at, raw }) => ({ at, raw }))).toEqual([{ at: "PV1-3.20", raw: "LOST" }]);
  });

  test("do not hold what is empty, the HL7 null, or only blanks", () => {
    expect(lostIn('ZPD||""| |^^\r')).toEqual([]);
  });

  test("do not hold what decides without being written, such as the event", () => {
    const lost = lostIn("");
    expect(lost.filter(({ place }) => place.startsWith("MSH-9"))).toEqual([]);
  });

  test("do not hold a component that says what another one says too", () => {
    const authorityAndType = "PID|1||900001^^^LKS^MR||BEAM^ADA\r";
    expect(lostIn(authorityAndType).filter(({ place }) => place.startsWith("PID-3"))).toEqual([]);
  });

  test("do not hold the one component of a field that was read as a whole", () => {
    const told = (field: number) => `${"|".repeat(field)}^One a day\r`;
    const lost = lostIn(`ORC|NW|1\rRXO${told(7)}RXE||5640^A^ERX${told(5)}`);
    expect(lost.filter(({ place }) => place.startsWith("RXE-7"))).toEqual([]);
  });

  test("do not hold the number of a quantity whose unit a warning refuses", () => {
    const lost = lostIn("ORC|NW|1\rRXE||5640^A^ERX\rTQ1|1||BID|||5^kg\r");
    expect(lost.filter(({ place }) => place.startsWith("TQ1-6"))).toEqual([]);
  });

  test("do not hold a code that a row was found by, however it is written", () => {
    const lost = lostIn(`ORC|NW|1\rRXE||5640^A^ERX|1||cap^Capsule${"|".repeat(5)}30|cap^Capsule\r`);
    expect(lost.filter(({ place }) => /^RXE-(?:5|11)/u.test(place))).toEqual([]);
  });

  test("hold a code beside words that a table has, unless it is the one that these mean", () => {
    const lost = (race: string, status: string) => {
      const message = read(head.replace("ADA", `ADA|||||${race}||||||${status}`));
      return unmappedFields(message, { mapper, site: lakeshore }).fields.map(({ at }) => at);
    };
    expect(lost("M^WHITE", "")).toEqual(["PID-10.1"]);
    expect(lost("M^WHITE", "M")).toEqual(["PID-10.1"]);
    const held = (why: string) =>
      lostIn(`ORC|NW|1${"|".repeat(26)}${why}\rOBR|1|1||GLU^Glucose^L\r`).map(({ at }) => at);
    expect(held("Q^AID")).toEqual(["ORC-28.1"]);
    expect(held("HIV^AID")).toEqual([]);
  });

  test("do not hold a second mention of somebody, whose other name is kept too", () => {
    const person = "1002^GABLE^ELOISE^U^^^^^PROVID";
    const lost = (again: string) =>
      lostIn(`PV1|1|I|||||${person}||||||||||${again}\r`)
        .filter(({ at }) => at.startsWith("PV1-17"))
        .map(({ at }) => at);
    expect(lost(person)).toEqual([]);
    expect(lost("1002^GABLE^ELOISE^Z^^^^^PROVID")).toEqual([]);
  });

  test("hold a second mention of somebody of which nothing at all was used", () => {
    const person = "77^KANE^EVA";
    const lost = lostIn(`PV1|1|I|||||${person}\rZPD|${person}\r`);
    expect(lost.filter(({ place }) => place.startsWith("ZPD"))).toMatchObject([
      { at: "ZPD-1", raw: person },
    ]);
  });

  test("hold what repeats a field of another segment, unless both tell it of the same thing", () => {
    const lost = (laboratory: string, address: string) => {
      const result = (code: string, performer: string) =>
        `OBX|1|NM|${code}^^L||7||||||F${"|".repeat(12)}${performer}\r`;
      const first = result("GLU", `LAB^L^^^^CLIA^XX^^^05D|1 Main St^^Lakeshore`);
      const text = `${order({})}${first}${result("HGB", `${laboratory}|${address}`)}`;
      return lostIn(text).flatMap(({ at }) => (at.startsWith("OBX[1]-24") ? [at] : []));
    };
    expect(lost("LAB^L^^^^CLIA^XX^^^05D", "1 Main St^^Lakeshore")).toEqual([]);
    // Another address of the laboratory stands beside its first.
    expect(lost("LAB^L^^^^CLIA^XX^^^05D", "2 Main St^^Lakeshore")).toEqual([]);
    expect(lost("", "1 Main St^^Lakeshore")).toEqual(["OBX[1]-24"]);
  });

  test("do not hold a segment that repeats an earlier one, but for its number", () => {
    const allergy = (number: number, noted: string) => `AL1|${number}|DA|LATEX|MI||${noted}\r`;
    expect(lostIn(allergy(1, "20260101") + allergy(2, "20260101"))).toEqual([]);
    expect(lostIn("ZPD|1|Blue\rZPD|2|Blue\r")).toHaveLength(4);
  });

  test("hold a segment that says of another order what was said of the first", () => {
    const lost = (second: string) =>
      lostIn(`ORC|NW|P1\rRXE||5640^A^ERX\rRXR|PO\r${second}`).map(({ at }) => at);
    expect(lost("ORC|NW|P2\rRXR|PO\r")).toContain("RXR[1]-1");
    expect(lost("ORC|NW|P1\rRXR|PO\r")).toContain("RXR[1]-1");
    expect(lost("ORC|NW|P1\rRXE||5640^A^ERX\rRXR|PO\r")).toEqual([]);
  });

  test("do not hold a second number of a person whom another field names by both", () => {
    const both = "1002^GABLE^ELOISE^^^^^^PROVID~1999910037^GABLE^ELOISE^^^^^^NPI";
    const visit = (who: string) => `PV1|1|I|W1||||${who}\r`;
    const lost = (who: string) =>
      lostIn(`${visit(who)}ORC|RE|P1\r${order({ 16: both, 25: "F" })}OBX|1|NM|K^^L||4||||||F\r`)
        .map(({ at }) => at)
        .filter((at) => at.startsWith("OBR-16"));
    expect(lost(both)).toEqual([]);
    // A number that no other field has is added to the person.
    expect(lost("1002^GABLE^ELOISE^^^^^^PROVID")).toEqual([]);
    expect(lost(both.replace("1999910037", "1999910038"))).toEqual([]);
  });

  test("hold a field that repeats another one, of which nothing was used", () => {
    const both = "1002^GABLE^ELOISE^^^^^^PROVID~1999910037^GABLE^ELOISE^^^^^^NPI";
    const lost = lostIn(`PV1|1|I|W1||||${both}\rZPD|${both}\r`).map(({ at }) => at);
    expect(lost).toEqual(["ZPD-1", "ZPD-1[1]"]);
  });

  test("do not hold what a site leaves out on purpose", () => {
    const notMapped = [
      { field: "ZPD-1", reason: "Of no use." },
      { field: "ZPV-*", reason: "Of no use." },
    ];
    const site = { ...lakeshore, maps: siteMaps({ segments: {}, maps: {}, notMapped }) };
    const message = read(`${head}ZPD|Blue|Big\rZPV|1|2\r`);
    const { fields } = unmappedFields(message, { mapper, site });
    expect(fields.map(({ at }) => at)).toEqual(["ZPD-2"]);
  });

  test("do not hold a code that a warning names, and hold what stands beside it", () => {
    const lost = lostIn(`NK1|1|BEAM^EVE${"|".repeat(13)}ZZ^Another\r`);
    expect(lost.map(({ place }) => place)).toEqual(["NK1-15.2"]);
  });

  test("do not hold what is declared", () => {
    const extra = { field: "ZPD-1", name: "Colour", where: "", reason: "Of no use." };
    expect(lostIn("ZPD|Blue|Big\r", extra).map(({ place }) => place)).toEqual(["ZPD-2"]);
  });

  test("do not hold a repeat that is declared as one, as long as it says the same", () => {
    const extra = { field: "ZPD-1", name: "Family", where: "PID-5", reason: "A repeat." };
    expect(lostIn("ZPD|BEAM^ADA\r", extra)).toEqual([]);
    expect(lostIn("ZPD|BEAM^EVE\r", extra)).toHaveLength(1);
  });

  test("do hold both where a field repeats another that was lost itself", () => {
    const extra = { field: "ZPD-1", name: "Colour", where: "ZPE-1", reason: "A repeat." };
    const lost = lostIn("ZPD|Blue\rZPE|Blue\r", extra);
    expect(lost.map(({ at }) => at)).toEqual(["ZPD-1", "ZPE-1"]);
  });
});

describe("what is no loss without a word", () => {
  test("is what a warning names", () => {
    const bad = lostIn("OBX|1|DT|29769-7^Date^LN||20269999||||||F|||20269999\r");
    expect(bad.filter(({ place }) => place === "OBX-14")).toEqual([]);
  });

  test("is all of a field that was refused as a whole, and has a warning", () => {
    const lost = lostIn("OBX|1|ED|PDF^Report^L||^application^PDF^Base64^?\r");
    expect(lost.filter(({ place }) => place.startsWith("OBX-5"))).toEqual([]);
  });

  test("are the words and the system of a code that a table has, but not of one that is lost", () => {
    const places = (code: string) =>
      lostIn(`PV1|1|I|W1|${code}\r`).map(({ place }) => place.slice(0, 5));
    expect(places("E^Emergency^HL70007")).not.toContain("PV1-4");
    const lost = lostIn("ZPD|E^Emergency^HL70007\r").map(({ place }) => place);
    expect(lost).toEqual(["ZPD-1"]);
  });

  test("is a value that is declared, and no other value of the field", () => {
    const extra = { field: "ZPD-1", name: "State", where: "=OK", reason: "Says nothing." };
    expect(lostIn("ZPD|OK\r", extra)).toEqual([]);
    expect(lostIn("ZPD|NO\r", extra)).toHaveLength(1);
  });

  test("is where something stands in another field of its segment, or of another", () => {
    const beside = { field: "ZPD-1", name: "", where: "+ZPD-2", reason: "The second counts." };
    expect(lostIn("ZPD|OLD|NEW\rZPD|OLD\r", beside).map(({ at }) => at)).toEqual([
      "ZPD-2",
      "ZPD[1]-1",
    ]);
    const elsewhere = { ...beside, where: "+PID-3.1" };
    expect(lostIn("ZPD|OLD\r", elsewhere)).toEqual([]);
    expect(lostIn("ZPD|OLD\r", { ...beside, where: "+PID-3.9" })).toHaveLength(1);
  });

  test("is where all of several conditions hold", () => {
    const both = { field: "ZPD-1", name: "", where: "-ZPD-2 +ZPD-3", reason: "Only both." };
    expect(lostIn("ZPD|OLD||X\r", both).map(({ at }) => at)).toEqual(["ZPD-3"]);
    expect(lostIn("ZPD|OLD|Y|X\r", both).map(({ at }) => at)).toContain("ZPD-1");
    expect(lostIn("ZPD|OLD\r", both).map(({ at }) => at)).toEqual(["ZPD-1"]);
  });

  test("is where nothing stands in another field of its segment, or of another", () => {
    const alone = { field: "ZPD-1", name: "", where: "-ZPD-2", reason: "Only numbers." };
    expect(lostIn("ZPD|OLD\rZPD|OLD|NEW\r", alone).map(({ at }) => at)).toEqual([
      "ZPD[1]-1",
      "ZPD[1]-2",
    ]);
    expect(lostIn("ZPD|OLD\r", { ...alone, where: "-PID-18" })).toEqual([]);
    expect(lostIn("ZPD|OLD\r", { ...alone, where: "-PID-3" })).toHaveLength(1);
  });

  test("is a component beside which something stands", () => {
    const beside = { field: "PV1-3.20", name: "", where: "+.4", reason: "The fourth counts." };
    const bed = `PV1|1|I|W1^^^TH${"^".repeat(16)}LOST\r`;
    expect(lostIn(bed, beside)).toEqual([]);
    expect(lostIn(bed, { ...beside, where: "+.9" }).map(({ at }) => at)).toEqual(["PV1-3.20"]);
  });

  test("is a component that says what one beside it does", () => {
    const repeats = { field: "PV1-3.20", name: "", where: ".4", reason: "A repeat." };
    const bed = (said: string) => `PV1|1|I|W1^^^TH${"^".repeat(16)}${said}\r`;
    expect(lostIn(bed("TH"), repeats)).toEqual([]);
    expect(lostIn(bed("XX"), repeats).map(({ at }) => at)).toEqual(["PV1-3.20"]);
  });

  test("is one of several values, with or without the words of a code", () => {
    const several = { field: "ZPD-1", name: "", where: "=A|U", reason: "Says nothing." };
    expect(lostIn("ZPD|A\rZPD|U^Update^HL70206\r", several)).toEqual([]);
    expect(lostIn("ZPD|D\r", several)).toHaveLength(1);
  });

  test("is what repeats a component of another field", () => {
    const repeats = { field: "ZPD-1", name: "", where: "PID-5.2", reason: "A repeat." };
    expect(lostIn("ZPD|ADA\r", repeats)).toEqual([]);
    expect(lostIn("ZPD|EVE\r", repeats)).toHaveLength(1);
  });

  test("is in a message of which another field says one of these", () => {
    const only = { field: "ZPD-1", name: "", where: "MSH-9.1=RDE|ADT", reason: "Of no use there." };
    expect(lostIn("ZPD|OK\r", only)).toEqual([]);
    expect(lostIn("ZPD|OK\r", { ...only, where: "MSH-9.1=RAS|RDS" })).toHaveLength(1);
    const own = { field: "ZPD-1", name: "", where: "ZPD-2=X", reason: "Of no use there." };
    const lost = lostIn("ZPD|OK|X\rZPD|OK|Y\r", own).map(({ at }) => at);
    expect(lost).toEqual(["ZPD-2", "ZPD[1]-1", "ZPD[1]-2"]);
  });

  test("is a component that is declared for the type that OBX-2 names", () => {
    const value = `1^One^L${"^".repeat(17)}LOST`;
    const lost = (type: string) =>
      lostIn(`OBX|1|NM|A^A^L||1\rOBX|2|${type}|B^B^L||${value}\r`, {
        field: "CE.20",
        name: "",
        where: "",
        reason: "Of no use.",
      }).filter(({ at }) => at.startsWith("OBX[1]-5"));
    expect(lost("CE")).toEqual([]);
    expect(lost("CF")).toHaveLength(1);
  });
});

test.each(cases.slice(0, 6))("what was lost of $name stands in the message", ({ message }) => {
  const lost = shown(unmappedFields(message, { mapper, site: lakeshore }).fields);
  const text = message.segments.map(({ raw }) => raw).join("\r");
  expect(lost.filter(({ raw }) => raw === "" || !text.includes(raw))).toEqual([]);
  expect(lost.filter(({ at }) => message.all(at.slice(0, 3)).length === 0)).toEqual([]);
});

test("a message beyond the parser's own limits is looked at under those that it was parsed under", () => {
  const text = `${head}ZPD|Blue\rZZ1${"|".repeat(10_500)}\r`;
  expect(parseMessage(text).ok).toBe(false);
  const limits = { ...defaultLimits, maxFields: 20_000 };
  const message = parseMessage(text, limits);
  if (!message.ok) throw new Error(message.problem.text);
  const { fields } = unmappedFields(message.value, { mapper, site: lakeshore, limits });
  expect(fields.map(({ at }) => at)).toEqual(["ZPD-1"]);
});

test("a message with more in doubt than may be mapped anew is looked at as far as that, and told so", () => {
  const notes = Array.from({ length: 30 }, (_each, index) => `ZP1|Note ${index}\r`).join("");
  const message = read(`${head}${notes}`);
  const whole = unmappedFields(message, { mapper, site: lakeshore });
  expect(whole.fields).toHaveLength(30);
  expect(whole).not.toHaveProperty("stopped");
  const part = unmappedFields(message, { mapper, site: lakeshore, maxMappings: 20 });
  expect(part.fields).toEqual(whole.fields.slice(0, part.fields.length));
  expect(part.fields.length).toBeLessThan(20);
  expect(part.stopped?.at).toBe(whole.fields[part.fields.length]?.at);
});

test("a message whose time is over is looked at no longer, and told so", () => {
  const message = read(`${head}${"ZP1|Note\r".repeat(30)}`);
  const how = { mapper, site: lakeshore };
  const free = unmappedFields(message, { ...how, until: performance.now() + 600_000 });
  expect(free.fields).toHaveLength(30);
  expect(free).not.toHaveProperty("stopped");
  const over = unmappedFields(message, { ...how, until: performance.now() });
  expect(over.fields).toEqual([]);
  expect(over.stopped?.code).toBe("mapping.lookedNoLonger");
});

function lostIn(segments: string, extra?: NotMapped) {
  const declared = [...declaredNotMapped(), ...(extra === undefined ? [] : [extra])];
  const message = read(`${head}${segments}`);
  return shown(unmappedFields(message, { mapper, site: lakeshore, declared }).fields);
}

/** The text of each beside its place, which is all invented here. */
function shown(fields: readonly UnmappedField[]) {
  return fields.map((field) => ({ ...field, raw: reveal(field.raw) }));
}

/** An OBR with these fields beside its numbers. */
function order(fields: Readonly<Record<number, string>>): string {
  const all = Array.from({ length: 50 }, (_each, number) => fields[number] ?? "");
  return `${all.with(0, "OBR").with(2, "P1").with(4, "GLU^Glucose^L").join("|")}\r`;
}

const head = [
  "MSH|^~\\&||TH|TRESTLE|TRESTLE|20260115103015||ADT^A08|4711|T|2.5.1",
  "EVN||20260115103015",
  "PID|1||900001^^^TH^MR||BEAM^ADA",
  "",
].join("\r");
