import type { Clock } from "@trestle/base";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Sandbox, type SandboxSettings, sandboxSettings, startSandbox } from "../src/index.ts";
import { folderWith } from "./support/folder.ts";
import { firstMessages } from "./support/hospital.ts";
import { OwnClock } from "./support/own-clock.ts";
import { controlIdOf, startReceiver } from "./support/receiver.ts";

/** A machine under load takes longer than the second that is usual. */
const patiently = { timeout: 20_000 };

describe("what is received", () => {
  test("is the traffic of the seed, byte for byte", async () => {
    const receiver = await startReceiver();
    const sandbox = await start({ port: receiver.port, stopAfter: 400 });
    await sandbox.done;
    expect(receiver.received).toEqual(textsOf(400));
    expect(sandbox).toMatchObject({ sent: 400, answered: 400, refused: 0, reconnects: 0 });
  });

  test("goes on behind what was sent before, without waiting for what was lived", async () => {
    const clock = new OwnClock();
    const receiver = await startReceiver();
    const sandbox = await start({ port: receiver.port, skip: 300, stopAfter: 2, speed: 10 }, clock);
    const [last = 0, ...next] = firstMessages({ count: 302 })
      .slice(299)
      .map(({ at }) => at);
    expect(await departures(sandbox, clock, 2)).toEqual(next.map((at) => (at - last) / 10));
    expect(receiver.received).toEqual(textsOf(302).slice(300));
  });

  test("follows the pathways of another folder", async () => {
    const receiver = await startReceiver();
    const pathways = folderWith({
      "a.yaml": "title: T\nweight: 1\nsteps: [{ do: update, after: 1h }]\n",
    });
    const sandbox = await start({ port: receiver.port, stopAfter: 100, patients: 3, pathways });
    await sandbox.done;
    expect(typesOf(receiver.received)).toEqual(new Set(["ADT^A28^ADT_A05", "ADT^A31^ADT_A05"]));
  });
});

describe("the acknowledgement", () => {
  test("of each message is waited for before the next", async () => {
    let underWay = 0;
    let most = 0;
    const receiver = await startReceiver(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      underWay -= 1;
      return "AA";
    });
    const sandbox = await start({ port: receiver.port, stopAfter: 50 });
    await sandbox.done;
    expect({ most, received: receiver.received.length }).toEqual({ most: 1, received: 50 });
  });

  test("with an error is counted, and the next message is sent", async () => {
    const receiver = await startReceiver((_, number) => ["AA", "AE", "AR", "CA"][number - 1] ?? "");
    const sandbox = await start({ port: receiver.port, stopAfter: 4 });
    await sandbox.done;
    expect(receiver.received).toEqual(textsOf(4));
    expect(sandbox).toMatchObject({ sent: 4, answered: 2, refused: 2, reconnects: 0 });
  });

  test("of another message does not count: the message is sent again", async () => {
    const receiver = await startReceiver((_, number) => (number === 2 ? "AA 1" : "AA"));
    const sandbox = await start({ port: receiver.port, stopAfter: 3 });
    await sandbox.done;
    const [first, second, third] = textsOf(3);
    expect(receiver.received).toEqual([first, second, second, third]);
    expect(sandbox).toMatchObject({ sent: 3, reconnects: 1 });
  });

  test("that does not come because the connection ended lets the message be sent again", async () => {
    const receiver = await startReceiver((_, number) => {
      if (number === 3) throw new Error("not stored");
      return "AA";
    });
    const sandbox = await start({ port: receiver.port, stopAfter: 4 });
    await sandbox.done;
    const [first, second, third, fourth] = textsOf(4);
    expect(receiver.received).toEqual([first, second, third, third, fourth]);
    expect(sandbox).toMatchObject({ sent: 4, reconnects: 1 });
  });

  test("that never comes is given up after its time, and the message sent again", async () => {
    const clock = new OwnClock();
    const receiver = await startReceiver((_, number) =>
      number === 1 ? new Promise<string>(() => {}) : "AA",
    );
    const settings = { port: receiver.port, stopAfter: 1, answerTimeoutSeconds: 30 };
    const sandbox = await start(settings, clock);
    await vi.waitFor(() => expect(receiver.received.length).toBe(1), patiently);
    expect(clock.waitsMs).toEqual([30_000]);
    clock.advance(29_999);
    expect(sandbox.reconnects).toBe(0);
    clock.advance(1);
    await vi.waitFor(() => expect(sandbox.reconnects).toBe(1), patiently);
    await vi.waitFor(() => expect(clock.waitsMs.length).toBe(1), patiently);
    expect(clock.waitsMs[0]).toBeLessThanOrEqual(100);
    clock.advance(100);
    await sandbox.done;
    const [first] = textsOf(1);
    expect(receiver.received).toEqual([first, first]);
  });
});

describe("a receiver that goes away", () => {
  test("gets, when it is back, the message that it did not acknowledge, and then the rest", async () => {
    const before = await startReceiver((_, number) =>
      number === 6 ? new Promise<string>(() => {}) : "AA",
    );
    const sandbox = await start({ port: before.port, stopAfter: 10 });
    await vi.waitFor(() => expect(before.received.length).toBe(6), patiently);
    await before.close();
    await vi.waitFor(() => expect(sandbox.reconnects).toBeGreaterThan(1), { timeout: 5000 });
    const after = await startReceiver(() => "AA", before.port);
    await sandbox.done;
    const all = textsOf(10);
    expect(before.received).toEqual(all.slice(0, 6));
    expect(after.received).toEqual(all.slice(5));
    expect(sandbox).toMatchObject({ sent: 10, answered: 10 });
  });

  test("is tried again after waits that grow to their limit", async () => {
    const clock = new OwnClock();
    const gone = await startReceiver();
    await gone.close();
    const settings = { port: gone.port, stopAfter: 1, maxReconnectSeconds: 2 };
    const sandbox = await start(settings, clock);
    const waits: number[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      await vi.waitFor(() => expect(sandbox.reconnects).toBe(tries), { ...patiently, interval: 5 });
      await vi.waitFor(() => expect(clock.waitsMs.length).toBe(1), { ...patiently, interval: 5 });
      const [wait = 0] = clock.waitsMs;
      waits.push(wait);
      clock.advance(wait);
    }
    expect(waits[0]).toBeLessThanOrEqual(100);
    expect(waits[2]).toBeGreaterThanOrEqual(200);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2000);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(1000);
  });
});

describe("the pace", () => {
  test("keeps to the rate", async () => {
    const clock = new OwnClock();
    const { port } = await startReceiver();
    const sandbox = await start({ port, stopAfter: 5, rate: 4 }, clock);
    expect(await departures(sandbox, clock, 5)).toEqual([0, 250, 500, 750, 1000]);
  });

  test("follows the simulated clock, as much faster as it is told", async () => {
    const clock = new OwnClock();
    const { port } = await startReceiver();
    const speed = 60;
    const sandbox = await start({ port, stopAfter: 6, rate: 10_000, speed }, clock);
    const began = Date.parse("2026-01-15T12:00:00Z");
    const wanted = firstMessages({ count: 6 }).map(({ at }) => (at - began) / speed);
    expect((await departures(sandbox, clock, 6)).map(Math.round)).toEqual(wanted.map(Math.round));
  });
});

describe("stopping", () => {
  test("ends the wait for the next message", async () => {
    const { port } = await startReceiver();
    const sandbox = await start({ port, rate: 0.01 }, new OwnClock());
    await vi.waitFor(() => expect(sandbox.sent).toBe(1), patiently);
    await sandbox.stop();
    await sandbox.done;
    expect(sandbox).toMatchObject({ sent: 1, reconnects: 0 });
  });

  test("ends the wait for an answer, without counting the message", async () => {
    const receiver = await startReceiver(() => new Promise<string>(() => {}));
    const sandbox = await start({ port: receiver.port }, new OwnClock());
    await vi.waitFor(() => expect(receiver.received.length).toBe(1), patiently);
    await sandbox.stop();
    expect(sandbox.sent).toBe(0);
  });

  test("ends the wait for a receiver, and may be asked for twice", async () => {
    const gone = await startReceiver();
    await gone.close();
    const sandbox = await start({ port: gone.port }, new OwnClock());
    await vi.waitFor(() => expect(sandbox.reconnects).toBe(1), patiently);
    await Promise.all([sandbox.stop(), sandbox.stop()]);
    expect(sandbox.sent).toBe(0);
  });
});

describe("pathways that do not work", () => {
  test("are refused before anything is sent", async () => {
    const pathways = folderWith({ "a.yaml": "title: T\n" });
    await expect(start({ port: 9, pathways })).rejects.toMatchObject({
      code: "sandbox.pathwaysNotReadable",
    });
  });

  test("end the sending where they lead to nothing", async () => {
    const pathways = folderWith({ "a.yaml": "title: T\nweight: 1\nsteps: [{ do: merge }]\n" });
    const receiver = await startReceiver();
    const sandbox = await start({ port: receiver.port, patients: 2, pathways });
    await expect(sandbox.done).rejects.toMatchObject({ code: "sandbox.nothingHappens" });
    await vi.waitFor(() => expect(receiver.received.length).toBe(2), patiently);
  });
});

async function start(
  given: Partial<SandboxSettings> & { readonly port: number },
  clock?: Clock,
): Promise<Sandbox> {
  const settings = {
    rate: 10_000,
    connectTimeoutSeconds: 600,
    answerTimeoutSeconds: 600,
    ...given,
  };
  const sandbox = await startSandbox(sandboxSettings.parse(settings), clock);
  // Those whose end is an error say so by `done`.
  onTestFinished(() => sandbox.stop().catch(() => {}));
  return sandbox;
}

/** When each message was acknowledged, by a clock that is moved only as far as the next wait. */
async function departures(sandbox: Sandbox, clock: OwnClock, count: number): Promise<number[]> {
  const times: number[] = [];
  // The client waits ten minutes for connections and answers; all else is the pace.
  const waits = () => clock.waitsMs.filter((waitMs) => waitMs < 500_000);
  while (times.length < count) {
    const isQuiet = () => sandbox.unsent === 0 && waits().length === 1;
    const isNext = () => sandbox.sent > times.length || isQuiet();
    await vi.waitFor(() => expect(isNext()).toBe(true), { ...patiently, interval: 2 });
    if (sandbox.sent > times.length) times.push(clock.now());
    else clock.advance(waits()[0] ?? 0);
  }
  return times;
}

function textsOf(count: number): string[] {
  return firstMessages({ count }).map(({ text }) => text);
}

function typesOf(texts: readonly string[]): Set<string> {
  expect(new Set(texts.map(controlIdOf)).size).toBe(texts.length);
  return new Set(texts.map((text) => text.split("|")[8] ?? ""));
}
