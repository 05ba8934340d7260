import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { systemClock } from "../src/index.ts";

test("the machine's clock tells milliseconds since 1970", () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test("an action is called once, not before its time", async () => {
  const started = performance.now();
  let calls = 0;
  await new Promise<void>((resolve) => {
    systemClock.after(20, () => {
      calls += 1;
      resolve();
    });
  });
  // Timers count whole milliseconds, so one may end up to a millisecond early.
  expect(performance.now() - started).toBeGreaterThanOrEqual(19);
  await afterwards(40);
  expect(calls).toBe(1);
});

test("a cancelled action is never called, and cancelling again does nothing", async () => {
  let calls = 0;
  const cancel = systemClock.after(1, () => (calls += 1));
  cancel();
  cancel();
  await afterwards(20);
  expect(calls).toBe(0);
});

test("a timer that waits does not keep the process alive", () => {
  const index = new URL("../src/index.ts", import.meta.url).href;
  const program = `
    import { systemClock } from ${JSON.stringify(index)};
    systemClock.after(600_000, () => {});
  `;
  const ended = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    timeout: 20_000,
  });
  expect(ended.status).toBe(0);
});

/** Resolves after what the clock was asked for before is due. */
function afterwards(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(delayMs, resolve);
  });
}
