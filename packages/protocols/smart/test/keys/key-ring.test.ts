import { FakeClock } from "@trestle/testkit";
import { beforeEach, describe, expect, test } from "vitest";
import { KeyRing, type KeyStage, memoryKeyStore } from "../../src/index.ts";

const hour = 3_600_000;
const day = 24 * hour;

let clock: FakeClock;
let ring: KeyRing;

beforeEach(async () => {
  clock = new FakeClock();
  ring = new KeyRing({ store: memoryKeyStore(), clock, settings: { algorithm: "ES384" } });
  await ring.tend();
});

describe("the life of two keys by the hour after the second was announced", () => {
  test.each<{ afterHours: number; first: KeyStage; second: KeyStage }>([
    { afterHours: 0, first: "signing", second: "announced" },
    { afterHours: 28.9, first: "signing", second: "announced" },
    { afterHours: 29, first: "retired", second: "signing" },
    { afterHours: 57.9, first: "retired", second: "signing" },
    { afterHours: 58, first: "gone", second: "signing" },
    { afterHours: 2000, first: "gone", second: "signing" },
  ])("at $afterHours h the first is $first and the second $second", async (row) => {
    clock.advance(day);
    await ring.rotate();
    clock.advance(row.afterHours * hour);
    const stages = (await ring.status()).map(({ stage }) => stage);
    expect(stages).toEqual([row.first, row.second]);
    const published = (await ring.keySet()).keys.map(({ kid }) => kid);
    expect(published).toHaveLength(row.first === "gone" ? 1 : 2);
    expect(published).toContain((await ring.signingKey()).keyId);
  });
});

test("the first key signs at once, for nobody has cached a set without it", async () => {
  expect(await ring.status()).toMatchObject([{ stage: "signing", signsUntilMs: Infinity }]);
});

test("a key is published 29 hours before it signs, and 29 hours behind its last signature", async () => {
  const [first] = await ring.status();
  const announcedAtMs = clock.now();
  const [before, next] = await ring.rotate();
  expect(before?.keyId).toBe(first?.keyId);
  expect(before?.signsUntilMs).toBe(announcedAtMs + 29 * hour);
  expect(before?.publishedUntilMs).toBe(announcedAtMs + 58 * hour);
  expect(next?.signsFromMs).toBe(announcedAtMs + 29 * hour);
});

test("rotating again while a key is announced makes no further one", async () => {
  const once = await ring.rotate();
  expect(await ring.rotate()).toEqual(once);
});

test("tending rotates when the key is old enough, once, and forgets what is gone", async () => {
  clock.advance(90 * day - 1);
  expect(await ring.tend()).toHaveLength(1);
  clock.advance(1);
  expect(await ring.tend()).toMatchObject([{ stage: "signing" }, { stage: "announced" }]);
  expect(await ring.tend()).toHaveLength(2);
  clock.advance(58 * hour);
  expect(await ring.tend()).toMatchObject([{ stage: "signing" }]);
});

test("tending seldom leaves no moment without a key that signs and is published", async () => {
  for (let at = 0; at < 40; at += 1) {
    clock.advance(11 * day);
    const { keyId } = await ring.signingKey();
    expect((await ring.keySet()).keys.map(({ kid }) => kid)).toContain(keyId);
    await ring.tend();
  }
});

describe("where the clock was set back behind the first key", () => {
  test("it signs all the same, and tending changes nothing", async () => {
    const { keyId } = await ring.signingKey();
    clock.advance(-400 * day);
    expect(await ring.tend()).toMatchObject([{ keyId, stage: "signing" }]);
    expect((await ring.signingKey()).keyId).toBe(keyId);
  });

  test.each([{ back: hour }, { back: 400 * day }])(
    "by $back ms, a next key signs only when every cache has seen it",
    async ({ back }) => {
      const { keyId } = await ring.signingKey();
      clock.advance(-back);
      await ring.rotate();
      clock.advance(29 * hour - 1);
      expect((await ring.signingKey()).keyId).toBe(keyId);
      clock.advance(1);
      expect((await ring.signingKey()).keyId).not.toBe(keyId);
      expect((await ring.keySet()).keys).toHaveLength(2);
    },
  );
});

test("two processes that tend one store at the same time make one key", async () => {
  const store = memoryKeyStore();
  const rings = [1, 2, 3].map(
    () => new KeyRing({ store, clock, settings: { algorithm: "ES384" } }),
  );
  await Promise.all(rings.map((ring) => ring.tend()));
  expect(await store.read()).toHaveLength(1);
  clock.advance(91 * day);
  await Promise.all(rings.map((ring) => ring.tend()));
  expect(await store.read()).toHaveLength(2);
});

test("a discarded key leaves the set at once, and another signs", async () => {
  const [first] = await ring.status();
  const after = await ring.discard(first?.keyId ?? "");
  expect(after).toMatchObject([{ stage: "signing" }]);
  expect(after[0]?.keyId).not.toBe(first?.keyId);
});

test("where the key before is still published, it signs in place of a discarded one", async () => {
  const [first] = await ring.status();
  const [, second] = await ring.rotate();
  clock.advance(30 * hour);
  await ring.discard(second?.keyId ?? "");
  expect((await ring.signingKey()).keyId).toBe(first?.keyId);
});

test("of keys that sign from the same moment the one made last does", async () => {
  const settings = { algorithm: "ES384", cacheSeconds: 0 } as const;
  const hasty = new KeyRing({ store: memoryKeyStore(), clock, settings });
  await hasty.tend();
  for (let at = 0; at < 5; at += 1) {
    const before = (await hasty.signingKey()).keyId;
    await hasty.rotate();
    expect((await hasty.signingKey()).keyId).not.toBe(before);
    expect((await hasty.keySet()).keys).toHaveLength(1);
  }
});

test("no more keys than allowed are kept", async () => {
  const small = new KeyRing({
    store: memoryKeyStore(),
    clock,
    settings: { algorithm: "ES384", maxKeys: 2 },
  });
  await small.tend();
  await small.rotate();
  clock.advance(29 * hour);
  await expect(small.rotate()).rejects.toMatchObject({ code: "smart.tooManyKeys" });
  clock.advance(29 * hour);
  expect(await small.rotate()).toHaveLength(2);
});

test("a ring that was never tended has nothing to sign with, and says so", async () => {
  const empty = new KeyRing({ store: memoryKeyStore(), clock });
  await expect(empty.signingKey()).rejects.toMatchObject({ code: "smart.noKey" });
});

describe("the published set", () => {
  test.each([
    { algorithm: "ES384" as const, kty: "EC" },
    { algorithm: "RS384" as const, kty: "RSA" },
  ])("shows of an $algorithm key what is public, and nothing else", async ({ algorithm, kty }) => {
    const own = new KeyRing({ store: memoryKeyStore(), clock, settings: { algorithm } });
    await own.tend();
    const { status, headers, body } = await own.answerKeySet();
    expect({ status, headers }).toEqual({
      status: 200,
      headers: { "content-type": "application/json", "cache-control": "public, max-age=3600" },
    });
    const { keys } = JSON.parse(body) as { keys: Record<string, unknown>[] };
    expect(keys).toMatchObject([{ kty, alg: algorithm, use: "sig", key_ops: ["verify"] }]);
    const secrets = ["d", "p", "q", "dp", "dq", "qi", "k"];
    expect(secrets.filter((name) => name in (keys[0] ?? {}))).toEqual([]);
  });

  test("an RSA key has the 2048 bits that servers ask for, and more", async () => {
    const own = new KeyRing({ store: memoryKeyStore(), clock });
    await own.tend();
    const [key] = (await own.keySet()).keys;
    expect(Buffer.from(key?.n ?? "", "base64url").byteLength * 8).toBeGreaterThanOrEqual(3072);
  });
});
