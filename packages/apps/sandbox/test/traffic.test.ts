import { describe, expect, test } from "vitest";
import { sandboxSettings } from "../src/index.ts";
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
