import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNumeric } from "../src/index.ts";

describe("a number", () => {
  test.each([
    { text: "1.10", isNegative: false, digits: "110", scale: 2, value: 1.1 },
    { text: "-0.50", isNegative: true, digits: "50", scale: 2, value: -0.5 },
    { text: "+7", isNegative: false, digits: "7", scale: 0, value: 7 },
    { text: "007", isNegative: false, digits: "7", scale: 0, value: 7 },
    { text: "0", isNegative: false, digits: "0", scale: 0, value: 0 },
    { text: "0.00", isNegative: false, digits: "0", scale: 2, value: 0 },
    { text: ".5", isNegative: false, digits: "5", scale: 1, value: 0.5 },
    { text: "5.", isNegative: false, digits: "5", scale: 0, value: 5 },
    {
      text: "12345678901234567890.1",
      isNegative: false,
      digits: "123456789012345678901",
      scale: 1,
      value: 12_345_678_901_234_567_000,
    },
  ])("keeps the precision that was written: $text", ({ text, ...parts }) => {
    expect(parseNumeric(` ${text} `)).toEqual({ text, ...parts });
  });

  test.each([
    "",
    ".",
    "-",
    "1e5",
    "1,5",
    "1 5",
    "0x10",
    "<5",
    "1.2.3",
    "Infinity",
    "1".repeat(1001),
  ])("is none: %s", (text) => {
    expect(parseNumeric(text)).toBeUndefined();
  });

  test("has the value that its digits and scale say", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 6 }), (units, scale) => {
        const digits = String(Math.abs(units)).padStart(scale + 1, "0");
        const whole = digits.slice(0, digits.length - scale);
        const text = `${units < 0 ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(-scale)}`}`;
        const read = parseNumeric(text);
        expect(read).toMatchObject({ text, scale, digits: String(Math.abs(units)) });
        expect(read?.value).toBeCloseTo(units / 10 ** scale, 9);
      }),
    );
  });
});
