import { FakeClock, eventually } from "@trestle/testkit";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Throttle } from "../../src/client/throttle.ts";
import { failureOf, opened } from "../support/opened.ts";
import { type Reply, inTurn } from "../support/scripted-server.ts";

/** Over when all that a clock has woken has gone as far as it can without a socket. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const ok: Reply = { body: { resourceType: "Patient", id: "p" } };

test("no stretch of time holds more requests than the burst and the pace allow, and none waits in vain", () => {
  const asked = fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 200 });
  const pace = fc.constantFrom(0.5, 1, 3, 7.5, 40);
  fc.assert(
    fc.property(asked, pace, fc.integer({ min: 1, max: 9 }), (pauses, requestsPerSecond, burst) => {
      const clock = new FakeClock(0);
      const throttle = new Throttle({ requestsPerSecond, burst }, clock);
      const begun = pauses.map((pause) => {
        clock.advance(pause);
        return clock.now() + throttle.waitMs(Infinity);
      });
      expect(begun).toEqual(begun.toSorted((a, b) => a - b));
      for (const [index, from] of begun.entries()) {
        for (const [more, to] of begun.slice(index).entries()) {
          // Moments are whole milliseconds.
          const allowed = burst + ((to - from + 1) / 1000) * requestsPerSecond;
          expect(more + 1).toBeLessThanOrEqual(allowed);
        }
      }
      // After as long as the whole burst takes, it is there again.
      clock.advance(Math.max(0, (begun.at(-1) ?? 0) - clock.now()));
      clock.advance(Math.ceil((burst * 1000) / requestsPerSecond));
      const waits = Array.from({ length: burst }, () => throttle.waitMs(Infinity));
      expect(waits).toEqual(waits.map(() => 0));
      expect(throttle.waitMs(Infinity)).toBeGreaterThan(0);
    }),
  );
});

test("a clock that is set back lets nobody wait for the old time", () => {
  const clock = new FakeClock();
  const throttle = new Throttle({ requestsPerSecond: 1, burst: 1 }, clock);
  expect(throttle.waitMs(Infinity)).toBe(0);
  clock.advance(-3_600_000);
  expect(throttle.waitMs(Infinity)).toBe(1000);
});

describe("a client with a throttle", () => {
  const read = async (settings: object, count: number, script = inTurn(ok)) => {
    const clock = new FakeClock();
    const made = await opened(script, { clock, settings });
    const reads = Array.from({ length: count }, (_, index) =>
      made.client.read("Patient", `p${index}`),
    );
    // What fails is looked at where a test wants it.
    for (const one of reads) one.catch(() => undefined);
    return { ...made, clock, reads };
  };

  test("begins as many requests at once as the burst, then one after the other, in order", async () => {
    const throttle = { requestsPerSecond: 2, burst: 3 };
    const { clock, server, reads } = await read({ throttle, maxConcurrent: 8 }, 6);
    await Promise.all(reads.slice(0, 3));
    for (const heard of [4, 5, 6]) {
      expect(server.heard).toHaveLength(heard - 1);
      clock.advance(499);
      clock.advance(1);
      await reads[heard - 1];
      expect(server.heard).toHaveLength(heard);
    }
    const paths = server.heard.map(({ path }) => path.slice(-2));
    expect(paths.slice(3)).toEqual(["p3", "p4", "p5"]);
  });

  test("lets as many begin at once as in a second where it names no burst", async () => {
    const { server, reads } = await read({ throttle: { requestsPerSecond: 2.5 } }, 4);
    await Promise.all(reads.slice(0, 3));
    expect(server.heard).toHaveLength(3);
  });

  test("counts each try, and goes on at its pace behind a pause that the server asked for", async () => {
    const tried = inTurn({ status: 429, headers: { "retry-after": "10" } }, ok);
    const throttle = { requestsPerSecond: 1, burst: 1 };
    const { clock, server, reads, log } = await read({ throttle }, 2, tried);
    await eventually("the first is refused", () => log.length === 1);
    // The moment of the second comes, and it finds the pause.
    clock.advance(1000);
    await settled();
    clock.advance(8999);
    await settled();
    expect(server.heard).toHaveLength(1);
    clock.advance(1);
    await eventually("one goes on", () => server.heard.length === 2);
    await eventually("it is answered", () => log.length === 2);
    expect(server.heard).toHaveLength(2);
    clock.advance(1000);
    await Promise.all(reads);
    expect(server.heard).toHaveLength(3);
  });

  test("fails a request that would wait longer than maxQueueSeconds, and says how long", async () => {
    const throttle = { requestsPerSecond: 0.1 };
    const { clock, server, reads } = await read({ throttle, maxQueueSeconds: 15 }, 3);
    await reads[0];
    expect(await failureOf(reads[2] ?? Promise.resolve())).toMatchObject({
      code: "fhir.queueFull",
      facts: { waitSeconds: 20 },
    });
    clock.advance(10_000);
    await reads[1];
    expect(server.heard).toHaveLength(2);
  });

  test("lets a request give up while it waits, and serves the next at its own moment", async () => {
    const throttle = { requestsPerSecond: 1, burst: 1 };
    const { client, clock, server, reads } = await read({ throttle }, 1);
    await reads[0];
    const gone = client.read("Patient", "gone", { signal: AbortSignal.timeout(20) });
    await failureOf(gone);
    const next = client.read("Patient", "next");
    clock.advance(1000);
    expect(server.heard).toHaveLength(1);
    clock.advance(1000);
    await next;
    expect(server.heard).toHaveLength(2);
  });
});
