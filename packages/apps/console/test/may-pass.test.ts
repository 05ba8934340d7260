import { ApiFailure } from "@trestle/api/contract";
import { expect, test } from "vitest";
import { mayPass } from "../src/api/may-pass.ts";

test.each([
  { status: 0, what: "a hub that is away", isAskedAgain: true },
  { status: 500, what: "a hub that failed", isAskedAgain: true },
  { status: 503, what: "a hub that is busy", isAskedAgain: true },
  { status: 401, what: "a session that ended", isAskedAgain: false },
  { status: 404, what: "what is not there", isAskedAgain: false },
  { status: 429, what: "a limit that was reached", isAskedAgain: false },
])("$what ($status) is asked again: $isAskedAgain", ({ status, isAskedAgain }) => {
  const problem = { type: "about:blank", title: "", status, code: "x.y", detail: "", hint: "" };
  expect(mayPass(new ApiFailure(problem))).toBe(isAskedAgain);
});

test("a defect of the console is not asked again", () => {
  expect(mayPass(new TypeError("undefined is not a function"))).toBe(false);
});
