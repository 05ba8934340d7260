import { phi } from "@trestle/base";
import type { Delivery, DeliveryId, Position } from "@trestle/journal";
import { expect, test } from "vitest";
import type { SendResult } from "../src/destinations/destination.ts";
import { judgeFailure, judgeStatus } from "../src/destinations/webhook-answers.ts";
import { retryDelayMs } from "../src/retry.ts";
import { settlementOf } from "../src/settlement.ts";

const spacing = { firstMs: 1000, maxMs: 60_000 };

test.each([
  { attempt: 1, jitter: 0, delayMs: 500 },
  { attempt: 1, jitter: 0.999, delayMs: 1000 },
  { attempt: 3, jitter: 0.5, delayMs: 3000 },
  { attempt: 7, jitter: 0, delayMs: 30_000 },
  { attempt: 5000, jitter: 0.999, delayMs: 59_970 },
])("attempt $attempt at jitter $jitter waits $delayMs ms", ({ attempt, jitter, delayMs }) => {
  expect(retryDelayMs(spacing, attempt, jitter)).toBe(delayMs);
});

test.each([
  { status: 200, judged: "delivered" },
  { status: 204, judged: "delivered" },
  { status: 301, judged: "permanent" },
  { status: 400, judged: "permanent" },
  { status: 401, judged: "permanent" },
  { status: 404, judged: "permanent" },
  { status: 408, judged: "ambiguous" },
  { status: 422, judged: "permanent" },
  { status: 425, judged: "transient" },
  { status: 429, judged: "transient" },
  { status: 500, judged: "ambiguous" },
  { status: 502, judged: "ambiguous" },
  { status: 503, judged: "transient" },
  { status: 504, judged: "ambiguous" },
])("an answer of $status is $judged", ({ status, judged }) => {
  const result = judgeStatus(status, undefined);
  expect(result.ok ? "delivered" : result.failure).toBe(judged);
});

test.each([
  { code: "ECONNREFUSED", isUnsent: true, judged: "transient" },
  { code: "ENOTFOUND", isUnsent: true, judged: "transient" },
  { code: "ECONNRESET", isUnsent: true, judged: "transient" },
  { code: "EHOSTUNREACH", isUnsent: false, judged: "ambiguous" },
  { code: "ECONNRESET", isUnsent: false, judged: "ambiguous" },
  { code: "UND_ERR_HEADERS_TIMEOUT", isUnsent: false, judged: "ambiguous" },
  { code: "UND_ERR_SOCKET", isUnsent: false, judged: "ambiguous" },
])("a connection that fails with $code is $judged", ({ code, isUnsent, judged }) => {
  const result = judgeFailure(code, { isUnsent });
  expect(result.ok ? "delivered" : result.failure).toBe(judged);
});

const hint = "Look.";
const transient: SendResult = { ok: false, failure: "transient", detail: "503", hint };
const ambiguous: SendResult = { ok: false, failure: "ambiguous", detail: "500", hint };
const permanent: SendResult = { ok: false, failure: "permanent", detail: "422", hint };

test.each([
  {
    name: "accepted",
    result: { ok: true, detail: "201" } as const,
    idempotent: true,
    ageMs: 0,
    state: "delivered",
  },
  { name: "transient", result: transient, idempotent: false, ageMs: 0, state: "queued" },
  {
    name: "transient past the horizon",
    result: transient,
    idempotent: false,
    ageMs: 3_600_000,
    state: "held",
  },
  {
    name: "ambiguous and idempotent",
    result: ambiguous,
    idempotent: true,
    ageMs: 0,
    state: "queued",
  },
  { name: "ambiguous otherwise", result: ambiguous, idempotent: false, ageMs: 0, state: "held" },
  { name: "permanent", result: permanent, idempotent: true, ageMs: 0, state: "held" },
])("a try that ends $name leaves the delivery $state", ({ result, idempotent, ageMs, state }) => {
  const destination = { isIdempotent: idempotent, retry: { ...spacing, horizonMs: 3_600_000 } };
  const settled = settlementOf(destination, delivery(), {
    result,
    startedAt: 1000 + ageMs,
    durationMs: 3,
    now: 1000 + ageMs,
    jitter: 0,
  });
  expect(settled.state).toBe(state);
  expect(settled.retryAt !== undefined).toBe(state === "queued");
  expect(settled.reason !== undefined).toBe(state === "held");
});

test("a destination that names a time is not tried before it", () => {
  const settled = settlementOf(
    { isIdempotent: true, retry: { ...spacing, horizonMs: 1e9 } },
    delivery(),
    {
      result: judgeStatus(429, "120"),
      startedAt: 1000,
      durationMs: 3,
      now: 2000,
      jitter: 0,
    },
  );
  expect(settled.retryAt).toBe(122_000);
});

function delivery(): Delivery {
  return {
    id: 1 as DeliveryId,
    position: 1 as Position,
    key: "lakeshore/1/app",
    destination: "app",
    lane: phi("mrn|1"),
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-0",
    type: "ADT^A08",
    isReplay: false,
    createdAt: 1000,
    state: "queued",
    attempts: 0,
  };
}
