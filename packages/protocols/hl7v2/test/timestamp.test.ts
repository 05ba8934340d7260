import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTimestamp, printTimestamp } from "../src/index.ts";

const toSecond = { year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 6 };
const newYear = { year: 2016, month: 12, day: 31, hour: 23, minute: 59 };

describe("a timestamp", () => {
  test.each([
    { text: "2026", stamp: { year: 2026 } },
    { text: "202602", stamp: { year: 2026, month: 2 } },
    { text: "20260203", stamp: { year: 2026, month: 2, day: 3 } },
    { text: "2026020304", stamp: { year: 2026, month: 2, day: 3, hour: 4 } },
    { text: "202602030405", stamp: { year: 2026, month: 2, day: 3, hour: 4, minute: 5 } },
    { text: "20260203040506", stamp: { ...toSecond } },
    { text: "20260203040506.7", stamp: { ...toSecond, fraction: "7" } },
    { text: "20260203040506.7080", stamp: { ...toSecond, fraction: "7080" } },
    { text: " 20260203040506 ", stamp: { ...toSecond } },
    { text: "20240229", stamp: { year: 2024, month: 2, day: 29 } },
    { text: "20161231235960", stamp: { ...newYear, second: 60 } },
  ])("says as much as it was given: $text", ({ text, stamp }) => {
    expect(parseTimestamp(text)).toStrictEqual(stamp);
  });

  test.each([
    { text: "20260203040506+0000", offsetMinutes: 0 },
    { text: "20260203040506-0000", offsetMinutes: 0 },
    { text: "20260203040506-0600", offsetMinutes: -360 },
    { text: "20260203040506+0530", offsetMinutes: 330 },
    { text: "20260203040506+1400", offsetMinutes: 840 },
  ])("says how far east of UTC it was written: $text", ({ text, offsetMinutes }) => {
    const offset = text.slice(-5);
    expect(parseTimestamp(text)).toStrictEqual({ ...toSecond, offsetMinutes, offset });
  });

  test("may have an offset at every precision", () => {
    for (const digits of [4, 6, 8, 10, 12, 14]) {
      const text = "20260203040506".slice(0, digits);
      expect(parseTimestamp(`${text}-0600`)).toStrictEqual({
        ...parseTimestamp(text),
        offsetMinutes: -360,
        offset: "-0600",
      });
    }
  });

  test("without an offset claims none, for only the site knows its time zone", () => {
    expect(parseTimestamp("20260203040506")).not.toHaveProperty("offsetMinutes");
  });

  test.each([
    "",
    "26",
    "20261",
    "2026020",
    "0000",
    "20261301",
    "20260001",
    "20260229",
    "20260431",
    "20260200",
    "2026020324",
    "202602030460",
    "20260203040561",
    "20260203040506.",
    "202602030405.5",
    "20260203040506+24",
    "20260203040506+1401",
    "20260203040506+0560",
    "2026-02-03",
    "20260203T0405",
    "today",
    '""',
  ])("that no calendar or clock shows is none: %s", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

test("every day of four centuries can be read", () => {
  const anyDay = fc.date({
    min: new Date("1700-01-01T00:00:00Z"),
    max: new Date("2100-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(anyDay, (moment) => {
      const text = moment.toISOString().slice(0, 19).replaceAll(/[-T:]/gu, "");
      expect(parseTimestamp(text)).toStrictEqual({
        year: moment.getUTCFullYear(),
        month: moment.getUTCMonth() + 1,
        day: moment.getUTCDate(),
        hour: moment.getUTCHours(),
        minute: moment.getUTCMinutes(),
        second: moment.getUTCSeconds(),
      });
    }),
  );
});

test("a timestamp is printed as it was written, with every precision and offset", () => {
  const texts = ["2026", "202602", "20260203", "2026020304", "202602030405", "20260203040506"];
  for (const text of [...texts, "20260203040506.7080"]) {
    for (const offset of ["", "-0600", "+0530", "-0000", "+0000"]) {
      const stamp = parseTimestamp(text + offset);
      expect(stamp && printTimestamp(stamp)).toBe(text + offset);
    }
  }
  expect(printTimestamp({ year: 2026, month: 1, offsetMinutes: -330 })).toBe("202601-0530");
});
