import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rowsOf, runHere, trestle } from "./support/run-trestle.ts";
import { undocumented } from "./support/undocumented.ts";

// The keys of a data folder, as an operator tends them; a hub on it shares them.

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "trestle-keys-"));
});

afterEach(() => rmSync(data, { recursive: true }));

const keys = (...words: readonly string[]) =>
  runHere(["keys", ...words, "--json"], { environment: { TRESTLE_DATA: data } });

test("keys list: says that there is none yet, and what makes one", async () => {
  const { code, output, errors } = await keys("list");
  expect({ code, output }).toEqual({ code: 3, output: "" });
  expect(errors).toContain("`trestle keys new` makes one");
});

test("keys new: makes one that signs, once, and only its owner may read it", async () => {
  const first = await keys("new");
  const again = await keys("new");
  expect(rowsOf(first)).toMatchObject([{ algorithm: "RS384", stage: "signing" }]);
  expect(rowsOf(again)).toEqual(rowsOf(first));
  expect(rowsOf(await keys("list"))).toEqual(rowsOf(first));
  expect(undocumented("keys new", rowsOf(first))).toEqual([]);
  expect(first.errors).toContain("/.well-known/jwks.json");
  expect(statSync(join(data, "client-keys.json")).mode & 0o077).toBe(0);
});

test("keys rotate: announces the next one, which signs when every site can know it", async () => {
  const [old] = rowsOf(await keys("new"));
  const rotated = rowsOf(await keys("rotate"));
  expect(rotated).toMatchObject([
    { keyId: old?.["keyId"], stage: "signing" },
    { stage: "announced" },
  ]);
  const wait = Date.parse(String(rotated[1]?.["signsFrom"])) - Date.now();
  expect(wait).toBeGreaterThan(28 * 3_600_000);
});

test("keys: live as trestle.yaml says, in the data folder that it names", async () => {
  const own = join(data, "own");
  const settings = `listeners: {}\nstorage: { directory: "${own}" }\n`;
  const file = join(data, "trestle.yaml");
  writeFileSync(file, `${settings}keys: { algorithm: ES384, cacheSeconds: 7200 }\n`);
  const inFolder = (word: string) => trestle(["keys", word, "--json", "--config", data]);
  expect(rowsOf(await inFolder("new"))).toMatchObject([{ algorithm: "ES384", stage: "signing" }]);
  expect(statSync(join(own, "client-keys.json")).isFile()).toBe(true);
  const [, next] = rowsOf(await inFolder("rotate"));
  const wait = Date.parse(String(next?.["signsFrom"])) - Date.now();
  expect(wait).toBeGreaterThan(3_600_000);
  expect(wait).toBeLessThanOrEqual(7_200_000);
  writeFileSync(file, `${settings}keys: { cacheSeconds: 60 }\n`);
  const { code, errors } = await inFolder("list");
  expect(code).toBe(3);
  expect(errors).toContain("trestle.yaml:3:");
  expect(errors).toContain("before they read it");
});

test("keys rotate --discard: takes a key out at once, and another signs", async () => {
  // An id may begin with a dash, as a text of base64url may.
  const [old] = rowsOf(await keys("new"));
  const left = rowsOf(await keys("rotate", `--discard=${String(old?.["keyId"])}`));
  expect(left).toMatchObject([{ stage: "signing" }]);
  expect(left[0]?.["keyId"]).not.toBe(old?.["keyId"]);
});

test("keys rotate --discard: a key that is not there is said to be so, and nothing changes", async () => {
  const before = rowsOf(await keys("new"));
  const { code, errors } = await keys("rotate", "--discard", "no-such-key");
  expect(code).toBe(2);
  expect(errors).toContain("There is no key no-such-key here");
  expect(rowsOf(await keys("list"))).toEqual(before);
});
