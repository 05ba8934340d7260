import { FakeClock, eventually } from "@trestle/testkit";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetAt } from "../../src/client/load-budget.ts";
import { RateWindow } from "../../src/client/rate-window.ts";
import { retryAfterMs } from "../../src/client/retry-after.ts";
import { type FhirClient, plainDialect } from "../../src/client/index.ts";
import { failureOf, opened } from "../support/opened.ts";
import { type Heard, type Reply, inTurn } from "../support/scripted-server.ts";

const ok: Reply = { body: { resourceType: "Patient", id: "p" } };

describe("tries", () => {
  test("a read is tried four times, with waits drawn below a limit that doubles", async () => {
    const { client, clock, server } = await opened(inTurn({ status: 500 }));
    await failureOf(client.read("Patient", "p"));
    expect(server.heard).toHaveLength(4);
    expect(clock.waits).toEqual([250, 500, 1000]);
  });

  test.each([
    { header: "7", waits: [7000] },
    { header: "Mon, 05 Jan 2026 12:00:30 GMT", waits: [30_000] },
    { header: "Mon, 05 Jan 2026 11:00:00 GMT", waits: [250] },
    { header: "soon", waits: [250] },
  ])("Retry-After: $header", async ({ header, waits }) => {
    const headers = { "retry-after": header };
    const { client, clock } = await opened(inTurn({ status: 429, headers }, ok));
    await client.read("Patient", "p");
    expect(clock.waits[0]).toBe(waits[0]);
  });

  test("a wait beyond maxRetryAfterSeconds is the caller's to decide", async () => {
    const { client, clock, server } = await opened(
      inTurn({ status: 503, headers: { "retry-after": "3600" } }),
    );
    expect(await failureOf(client.read("Patient", "p"))).toMatchObject({
      code: "fhir.unavailable",
    });
    expect({ waits: clock.waits, sent: server.heard.length }).toEqual({ waits: [], sent: 1 });
  });

  test("what the server asks to wait holds for every request to the site", async () => {
    const clock = new FakeClock();
    const { client, server } = await opened(
      inTurn({ status: 429, headers: { "retry-after": "60" } }, ok),
      { clock },
    );
    const first = client.read("Patient", "p");
    await eventually("the server asked for a pause", () => server.heard.length === 1);
    await eventually("another request waits too", async () => {
      const second = client.read("Patient", "q", { signal: AbortSignal.timeout(20) });
      return (await Promise.allSettled([second]))[0].status === "rejected";
    });
    expect(server.heard).toHaveLength(1);
    clock.advance(60_000);
    await first;
  });

  test("a request that waits for a pause to end waits on where the server asks for more", async () => {
    const clock = new FakeClock();
    const more = Promise.withResolvers<void>();
    const script = async ({ path }: Heard, index: number): Promise<Reply> => {
      if (index > 1) return ok;
      if (path.endsWith("long")) await more.promise;
      return { status: 429, headers: { "retry-after": path.endsWith("long") ? "60" : "10" } };
    };
    const { client, server, log } = await opened(script, { clock });
    const long = client.read("Patient", "long");
    await eventually("the first is sent", () => server.heard.length === 1);
    const short = client.read("Patient", "short");
    await eventually("the second is refused", () => log.length === 1);
    const third = client.read("Patient", "third");
    await soon(client);
    more.resolve();
    await eventually("the first is refused", () => log.length === 2);
    clock.advance(10_000);
    await soon(client);
    expect(server.heard).toHaveLength(2);
    clock.advance(50_000);
    await Promise.all([long, short, third]);
  });

  test("a clock that is set back makes no pause longer", async () => {
    const clock = new FakeClock();
    const { client, log } = await opened(
      inTurn({ status: 429, headers: { "retry-after": "60" } }, ok),
      { clock, settings: { retry: { maxAttempts: 1 } } },
    );
    await failureOf(client.read("Patient", "p"));
    clock.advance(-3_600_000);
    await client.read("Patient", "p");
    expect(log).toHaveLength(2);
  });
});

/** Over when a request that has to wait was given up: all before it have come to where they wait. */
async function soon(client: FhirClient): Promise<void> {
  await failureOf(client.read("Patient", "given-up", { signal: AbortSignal.timeout(20) }));
}

test("a Retry-After is never read as a time before now, whatever it says", () => {
  const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
  fc.assert(
    fc.property(fc.oneof(fc.string(), dates, fc.nat().map(String)), fc.nat(), (header, now) => {
      const waitMs = retryAfterMs(header, now);
      expect(waitMs === undefined || waitMs >= 0).toBe(true);
    }),
  );
});

describe("a site that fails", () => {
  const settings = { retry: { maxAttempts: 1 }, circuit: { failures: 3, openSeconds: 30 } };

  test("is left alone after failures in a row, then tried by one request", async () => {
    const clock = new FakeClock();
    let isWell = false;
    const { client, server } = await opened(() => (isWell ? ok : { status: 500 }), {
      settings,
      clock,
    });
    for (let time = 0; time < 3; time += 1) await failureOf(client.read("Patient", "p"));
    expect(await failureOf(client.read("Patient", "p"))).toMatchObject({
      code: "fhir.circuitOpen",
    });
    expect(server.heard).toHaveLength(3);
    clock.advance(30_000);
    await failureOf(client.read("Patient", "p"));
    expect(await failureOf(client.read("Patient", "p"))).toMatchObject({
      code: "fhir.circuitOpen",
    });
    isWell = true;
    clock.advance(30_000);
    await client.read("Patient", "p");
    await client.read("Patient", "p");
    expect(server.heard).toHaveLength(6);
  });

  test("is not left alone for longer where the clock is set back", async () => {
    const clock = new FakeClock();
    const { client, server } = await opened(inTurn({ status: 500 }), { settings, clock });
    for (let time = 0; time < 4; time += 1) await failureOf(client.read("Patient", "p"));
    expect(server.heard).toHaveLength(3);
    clock.advance(-3_600_000);
    await failureOf(client.read("Patient", "p"));
    expect(server.heard).toHaveLength(4);
  });

  test("refusals do not count: the site answers", async () => {
    const { client, server } = await opened(inTurn({ status: 403 }), { settings });
    for (let time = 0; time < 6; time += 1) await failureOf(client.read("Patient", "p"));
    expect(server.heard).toHaveLength(6);
  });
});

describe("requests under way", () => {
  test("are no more than maxConcurrent", async () => {
    let running = 0;
    let most = 0;
    const full = Promise.withResolvers<void>();
    const { client } = await opened(
      async () => {
        running += 1;
        most = Math.max(most, running);
        // None is answered before as many are under way as may be.
        if (running === 3) full.resolve();
        await full.promise;
        running -= 1;
        return ok;
      },
      { settings: { maxConcurrent: 3 }, clock: new FakeClock() },
    );
    const reads = Array.from({ length: 12 }, (_, index) => client.read("Patient", String(index)));
    await Promise.all(reads);
    expect(most).toBe(3);
  });

  test("those beyond maxQueued are refused, and those that wait too long", async () => {
    const clock = new FakeClock();
    const { client, server } = await opened(inTurn("say nothing"), {
      settings: { maxConcurrent: 1, maxQueued: 1, maxQueueSeconds: 60 },
      clock,
    });
    const first = failureOf(client.read("Patient", "1"));
    const second = failureOf(client.read("Patient", "2"));
    expect(await failureOf(client.read("Patient", "3"))).toMatchObject({
      code: "fhir.queueFull",
      facts: { waiting: 1 },
    });
    await eventually("the first is sent", () => server.heard.length === 1);
    clock.advance(60_000);
    expect(await second).toMatchObject({ code: "fhir.queueFull", facts: { waitedSeconds: 60 } });
    await client.close();
    expect(await first).toMatchObject({ code: "fhir.readCut" });
    expect(await failureOf(client.read("Patient", "4"))).toMatchObject({
      code: "fhir.clientClosed",
    });
  });
});

describe("the budget", () => {
  const budget = {
    timeZone: "America/Chicago",
    peakRequestsPerHour: 2,
    offPeakRequestsPerHour: 5,
  };

  test.each([
    // Chicago is six hours behind in winter and five in summer.
    { at: "2026-01-05T12:59:59Z", allowed: 5 },
    { at: "2026-01-05T13:00:00Z", allowed: 2 },
    { at: "2026-01-06T00:59:59Z", allowed: 2 },
    { at: "2026-01-06T01:00:00Z", allowed: 5 },
    { at: "2026-07-06T12:00:00Z", allowed: 2 },
  ])("at $at $allowed an hour", ({ at, allowed }) => {
    const allowedAt = budgetAt({ ...budget, peakFromHour: 7, peakToHour: 19 });
    expect(allowedAt(Date.parse(at))).toBe(allowed);
  });

  test("a peak may go over midnight", () => {
    const allowedAt = budgetAt({ ...budget, timeZone: "UTC", peakFromHour: 22, peakToHour: 6 });
    const hours = [21, 22, 23, 0, 5, 6].map((hour) => allowedAt(Date.UTC(2026, 0, 5, hour)));
    expect(hours).toEqual([5, 2, 2, 2, 2, 5]);
  });

  test("requests beyond it wait, and fail when they would wait too long", async () => {
    const clock = new FakeClock(Date.parse("2026-01-05T18:00:00Z"));
    const { client, server } = await opened(inTurn(ok), {
      clock,
      settings: { budget, maxQueueSeconds: 600 },
    });
    await client.read("Patient", "1");
    await client.read("Patient", "2");
    expect(await failureOf(client.read("Patient", "3"))).toMatchObject({
      code: "fhir.budgetSpent",
      facts: { waitSeconds: 3600 },
    });
    clock.advance(3_000_000);
    const waiting = client.read("Patient", "4");
    await failureOf(client.read("Patient", "5", { signal: AbortSignal.timeout(20) }));
    expect(server.heard).toHaveLength(2);
    clock.advance(600_000);
    await waiting;
    expect(server.heard).toHaveLength(3);
  });

  test("what the dialect says a server takes in a minute is kept to", async () => {
    const clock = new FakeClock();
    const { client, server } = await opened(inTurn(ok), {
      clock,
      dialect: { ...plainDialect, requestsPerMinute: 2 },
    });
    await client.read("Patient", "1");
    await client.read("Patient", "2");
    const third = client.read("Patient", "3");
    await failureOf(client.read("Patient", "4", { signal: AbortSignal.timeout(20) }));
    expect(server.heard).toHaveLength(2);
    clock.advance(60_000);
    await third;
  });

  test("a clock that is set back makes no wait longer than the window", () => {
    const clock = new FakeClock();
    const window = new RateWindow(60_000, () => 1, clock);
    expect(window.takeOrWaitMs()).toBe(0);
    clock.advance(-3_600_000);
    expect(window.takeOrWaitMs()).toBe(60_000);
  });

  test("no stretch of the window's length ever holds more than its limit", () => {
    const steps = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 7 }), (steps, limit) => {
        const clock = new FakeClock(0);
        const window = new RateWindow(1000, () => limit, clock);
        const begun: number[] = [];
        for (const step of steps) {
          clock.advance(step);
          const waitMs = window.takeOrWaitMs();
          if (waitMs > 0) {
            clock.advance(waitMs);
            expect(window.takeOrWaitMs()).toBe(0);
          }
          begun.push(clock.now());
        }
        for (const [index, at] of begun.entries()) {
          const earlier = begun[index - limit];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
  });
});
