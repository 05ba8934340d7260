import { expect, test } from "vitest";
import { type Result, fail, succeed } from "../src/index.ts";

test("a result is a value or a problem, told apart by ok", () => {
  expect(evenOf("4")).toEqual({ ok: true, value: 4 });
  expect(evenOf("5")).toEqual({
    ok: false,
    problem: { code: "even.odd", text: "The number is odd.", hint: "Give an even one." },
  });
});

test("an absent value is a value, and a problem may be of any kind", () => {
  expect(succeed(undefined)).toEqual({ ok: true, value: undefined });
  expect(fail(["one", "two"])).toEqual({ ok: false, problem: ["one", "two"] });
});

/** As parsers do it: both arms fit the same result type. */
function evenOf(text: string): Result<number> {
  const value = Number(text);
  return value % 2 === 0
    ? succeed(value)
    : fail({ code: "even.odd", text: "The number is odd.", hint: "Give an even one." });
}
