import { expect, test } from "vitest";
import { eventually } from "../src/index.ts";

test("asks until it is so", async () => {
  let asked = 0;
  await eventually("asked three times", () => {
    asked += 1;
    return asked === 3;
  });
  expect(asked).toBe(3);
});

test("gives up in time and says what was awaited", async () => {
  await expect(eventually("pigs fly", () => false, 30)).rejects.toThrow(
    "not within 30 ms: pigs fly",
  );
});

test("passes on what the question throws", async () => {
  const ask = () => Promise.reject(new Error("no answer"));
  await expect(eventually("an answer", ask)).rejects.toThrow("no answer");
});
