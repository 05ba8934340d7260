import { FakeClock } from "@trestle/testkit";
import { expect, test } from "vitest";
import { RequestWindow } from "../src/request-statistics.ts";

test("tells how long requests took, and why some failed, most often first", () => {
  const window = new RequestWindow({ clock: new FakeClock(), windowMinutes: 60, maxKept: 1000 });
  for (let ms = 1; ms <= 100; ms += 1) window.note({ durationMs: ms });
  window.note({ durationMs: 500, failure: "quota" });
  for (const _each of [1, 2]) window.note({ durationMs: 500, failure: "server" });
  expect(window.statistics).toEqual({
    windowMinutes: 60,
    count: 103,
    latencyMs: { p50: 52, p95: 98, p99: 500 },
    failures: [
      { kind: "server", count: 2 },
      { kind: "quota", count: 1 },
    ],
    lastFailure: "server",
  });
  window.note({ durationMs: 1 });
  expect(window.statistics).not.toHaveProperty("lastFailure");
});

test("forgets what is older than its window, and keeps no more than it may", () => {
  const clock = new FakeClock();
  const window = new RequestWindow({ clock, windowMinutes: 1, maxKept: 10 });
  window.note({ durationMs: 9 });
  clock.advance(61_000);
  expect(window.statistics).toEqual({ windowMinutes: 1, count: 0, failures: [] });
  for (let ms = 0; ms < 50; ms += 1) window.note({ durationMs: ms });
  expect(window.statistics.count).toBe(10);
  expect(window.statistics.latencyMs?.p50).toBe(44);
});
