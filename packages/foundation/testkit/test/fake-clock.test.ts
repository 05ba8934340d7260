import { describe, expect, test } from "vitest";
import { FakeClock } from "../src/index.ts";

describe("the fake clock", () => {
  test("stands still until it is moved", () => {
    const clock = new FakeClock(5);
    clock.advance(0);
    expect(clock.now()).toBe(5);
    clock.advance(10);
    expect(clock.now()).toBe(15);
  });

  test("runs what is due in the order of its time, each at its own time", () => {
    const clock = new FakeClock(0);
    const seen: [string, number][] = [];
    const note = (name: string) => () => seen.push([name, clock.now()]);
    clock.after(30, note("last"));
    clock.after(10, note("first"));
    clock.after(10, note("second"));
    clock.after(31, note("not yet"));
    clock.advance(30);
    expect(seen).toEqual([
      ["first", 10],
      ["second", 10],
      ["last", 30],
    ]);
  });

  test("runs what an action asked for, when that is due as well", () => {
    const clock = new FakeClock(0);
    const seen: number[] = [];
    const again = () => {
      seen.push(clock.now());
      clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  test("does not run what was cancelled", () => {
    const clock = new FakeClock(0);
    const seen: string[] = [];
    const cancel = clock.after(10, () => seen.push("cancelled"));
    clock.after(5, cancel);
    clock.advance(20);
    expect(seen).toEqual([]);
  });
});
