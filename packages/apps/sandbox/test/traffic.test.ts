import { describe, expect, test } from "vitest";
import { sandboxSettings } from "../src/index.ts";
import { encoderOf } from "../src/hl7/encode.ts";
import { firstMessages, parsed } from "./support/hospital.ts";

describe("traffic", () => {
  test("is the same to the byte for the same seed", () => {
    const first = firstMessages({ seed: 7, count: 2000 });
    expect(firstMessages({ seed: 7, count: 2000 })).toEqual(first);
  });

  test("is another for another seed", () => {
    const first = new Set(firstMessages({ seed: 7, count: 500 }).map(({ text }) => text));
    const other = firstMessages({ seed: 8, count: 500 });
    expect(other.filter(({ text }) => first.has(text))).toEqual([]);
  });

  test("is another for another number of patients", () => {
    const [first] = firstMessages({ count: 1, patients: 200 });
    expect(firstMessages({ count: 1, patients: 20 })).not.toEqual([first]);
  });

  test.each([1, 2, 3])("of seed %i has every type among its first 3,000 messages", (seed) => {
    const types = firstMessages({ seed, count: 3000 }).map(({ type }) => type);
    expect([...new Set(types)].toSorted()).toEqual(everyType);
  });

  test("has laboratory results and vital signs from flowsheets", () => {
    const reports = firstMessages({ count: 1000 }).filter(({ type }) => type === "ORU^R01");
    const orders = new Set(reports.map((report) => parsed(report).message.get("OBR-4.3")));
    expect(orders).toEqual(new Set(["IGEAP", undefined]));
  });

  test("numbers its messages, each once and upwards", () => {
    const numbers = firstMessages({ count: 1000 }).map(({ controlId }) => Number(controlId));
    expect(numbers).toEqual(Array.from(numbers, (_, index) => (numbers[0] ?? 0) + index));
  });
});

test("a site's feed says how its messages are written", () => {
  const feed = {
    version: "2.3",
    characterSet: "8859/1",
    patientClasses: { E: "ED", I: "INP", O: "OUT" },
    enterpriseNumber: "ALL",
    recordNumberType: "MRN",
    orderAuthority: "ORD",
    laboratorySystem: "LAB",
    codes: { "2823-3": "K", LAB15: "BMP", PULSE: "R HR" },
    units: { "mmol/L": "MMOL/L", bpm: "BPM" },
  } as const;
  const [usual, own] = [{}, feed].map((each) => firstMessages({ count: 500, feed: each }));
  const seen = own?.map((sent) => parsed(sent).message) ?? [];
  const all = (path: string) => new Set(seen.map((message) => message.get(path)));
  expect(own).toHaveLength(usual?.length ?? 0);
  expect(all("MSH-12")).toEqual(new Set(["2.3"]));
  expect(all("MSH-9.3")).toEqual(new Set([undefined]));
  expect(all("MSH-18")).toEqual(new Set(["8859/1"]));
  expect(all("PV1-2")).toEqual(new Set(["ED", "INP", "N", "OUT", undefined]));
  expect(all("PID-3.4")).toEqual(new Set(["ALL"]));
  const texts = own?.map(({ text }) => text).join("") ?? "";
  for (const part of [
    "^^^TH^MRN|",
    "K^POTASSIUM^LAB||",
    "|BMP^BASIC",
    "|R HR^PULSE^FDCID",
    "|MMOL/L|",
    "|BPM|",
  ]) {
    expect(texts).toContain(part);
  }
  expect(texts).not.toMatch(/2823-3|LAB15|\|mmol\/L\||\|bpm\||\^EPC/u);
  // What has no name of its own there stays as it is.
  expect(texts).toContain("2951-2^SODIUM^LN");
});

test("a letter that a site's character set lacks becomes a question mark", () => {
  const encode = encoderOf({ characterSet: "8859/1" });
  expect([...encode("MUÑOZ Łę")]).toEqual([77, 85, 0xd1, 79, 90, 32, 63, 63]);
});

describe("settings", () => {
  test("are good as they are", () => {
    expect(sandboxSettings.parse({})).toMatchObject({ seed: 1, patients: 200, rate: 3 });
  });

  test.each([
    { timeZone: "Lakeshore" },
    { seed: 2 ** 32 },
    { rate: 0 },
    { start: "yesterday" },
    { facility: "A|B" },
    { unknown: 1 },
  ])("refuse %j", (settings) => {
    expect(sandboxSettings.safeParse(settings).success).toBe(false);
  });
});

const everyType = [
  "ADT^A01",
  "ADT^A02",
  "ADT^A03",
  "ADT^A04",
  "ADT^A08",
  "ADT^A11",
  "ADT^A13",
  "ADT^A28",
  "ADT^A31",
  "ADT^A40",
  "MDM^T02",
  "ORM^O01",
  "ORU^R01",
  "RAS^O17",
  "SIU^S12",
  "SIU^S13",
  "SIU^S14",
  "SIU^S15",
  "SIU^S26",
];
