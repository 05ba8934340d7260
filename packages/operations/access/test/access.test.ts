import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, Secret, newToken, useSecret } from "@trestle/base";
import { SqliteFile } from "@trestle/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Person,
  SqliteAccess,
  accessSchema,
  keepOperatorToken,
  permits,
} from "../src/index.ts";

let folder: string;
let state: SqliteFile;
let access: SqliteAccess;
let now: number;

const clock: Clock = { now: () => now, after: () => () => {} };
const limits = { sessionHours: 12, failedRedeemsPerMinute: 3 };
const ada: Person = { id: "ada", name: "Ada", role: "administrator" };

function open(): void {
  state = new SqliteFile({ file: join(folder, "state.db"), migrations: [accessSchema] });
  access = new SqliteAccess(state, { clock, limits });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trestle-access-"));
  now = 1_700_000_000_000;
  open();
});

afterEach(async () => {
  await state.close();
  rmSync(folder, { recursive: true });
});

describe("a sign-in link", () => {
  test("signs one person in and makes the first administrator", async () => {
    expect(await access.hasAdministrator()).toBe(false);
    const link = await access.createLink({ role: "administrator", validMinutes: 30 });
    expect(link.expiresAt).toBe(now + 30 * 60_000);
    const session = await access.redeem(link.token, "Ada");
    expect(session.person).toMatchObject({ name: "Ada", role: "administrator" });
    expect(session.expiresAt).toBe(now + 12 * 3_600_000);
    expect(await access.session(session.token)).toEqual({
      person: session.person,
      expiresAt: session.expiresAt,
    });
    expect(await access.hasAdministrator()).toBe(true);
  });

  test("works once, even when two hands reach for it in the same turn", async () => {
    const { token } = await access.createLink({ role: "administrator", validMinutes: 30 });
    const both = await Promise.allSettled([
      access.redeem(token, "Ada"),
      access.redeem(token, "Bo"),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await expect(access.redeem(token, "Cy")).rejects.toMatchObject({ code: "access.linkUsed" });
  });

  test("ends at its time", async () => {
    const { token } = await access.createLink({ role: "administrator", validMinutes: 30 });
    now += 30 * 60_000;
    await expect(access.redeem(token, "Ada")).rejects.toMatchObject({ code: "access.linkExpired" });
    expect(await access.hasAdministrator()).toBe(false);
  });

  test("is refused to everybody until too many failures are a minute old", async () => {
    const { token } = await access.createLink({ role: "administrator", validMinutes: 30 });
    for (const guess of ["a", "b", "c"]) {
      await expect(access.redeem(new Secret(guess), "Mallory")).rejects.toMatchObject({
        code: "access.linkUnknown",
      });
      now += 10_000;
    }
    const early = access.redeem(token, "Ada");
    await expect(early).rejects.toMatchObject({
      code: "access.tooManyAttempts",
      facts: { retryAfterSeconds: 30 },
    });
    now += 30_000;
    await expect(access.redeem(token, "Ada")).resolves.toMatchObject({ person: { name: "Ada" } });
  });

  test("leaves no token in the files of the store", async () => {
    const link = await access.createLink({ role: "administrator", validMinutes: 30 });
    const session = await access.redeem(link.token, "Ada");
    const bytes = readFileSync(join(folder, "state.db-wal")).toString("latin1");
    expect(bytes).toContain("Ada");
    expect(bytes).not.toContain(useSecret(link.token));
    expect(bytes).not.toContain(useSecret(session.token));
  });
});

describe("a session", () => {
  test("ends at its time, and when its person ends it", async () => {
    const first = await access.createLink({ role: "administrator", validMinutes: 30 });
    const { token } = await access.redeem(first.token, "Ada");
    await access.endSession(token);
    expect(await access.session(token)).toBeUndefined();
    const second = await access.createLink({ role: "administrator", validMinutes: 30 });
    const other = await access.redeem(second.token, "Ada");
    now = other.expiresAt;
    expect(await access.session(other.token)).toBeUndefined();
  });

  test("of nobody is none", async () => {
    expect(await access.session(new Secret("guess"))).toBeUndefined();
  });
});

describe("the operator token", () => {
  const file = () => join(folder, "operator.token");
  const token = () => new Secret(readFileSync(file(), "utf8").trim());

  test("is for its owner alone, acts as the operator and survives a restart", async () => {
    await keepOperatorToken(folder, access);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const made = readFileSync(file(), "utf8");
    await state.close();
    open();
    await keepOperatorToken(folder, access);
    expect(readFileSync(file(), "utf8")).toBe(made);
    expect(await access.session(token())).toMatchObject({
      person: { id: "operator", role: "operator" },
    });
    expect(await access.hasAdministrator()).toBe(false);
  });

  test("is made anew when the file does not fit, and the one before ends", async () => {
    await keepOperatorToken(folder, access);
    const before = token();
    writeFileSync(file(), "not the token");
    await keepOperatorToken(folder, access);
    expect(await access.session(before)).toBeUndefined();
    expect(await access.session(token())).toBeDefined();
  });

  test("cannot be signed out", async () => {
    await keepOperatorToken(folder, access);
    await access.endSession(token());
    expect(await access.session(token())).toBeDefined();
  });

  test("that cannot be written stops the start", async () => {
    const failing = keepOperatorToken(join(folder, "missing"), access);
    await expect(failing).rejects.toMatchObject({ code: "access.tokenNotKept" });
  });
});

describe("the access record", () => {
  test("is on disk when the promise resolves, newest first", async () => {
    const line = { person: ada, subjects: ["message 1"], purpose: "testing", reason: "" };
    await access.recordAccess({ ...line, action: "getMessage" });
    await access.recordAccess({ ...line, action: "explainMessage" });
    const other = new SqliteFile({ file: join(folder, "state.db"), migrations: [accessSchema] });
    const records = await new SqliteAccess(other, { clock, limits }).accessRecords(10);
    expect(records.map(({ action }) => action)).toEqual(["explainMessage", "getMessage"]);
    expect(records[0]).toEqual({
      at: now,
      personId: "ada",
      action: "explainMessage",
      subjects: ["message 1"],
      purpose: "testing",
      reason: "",
    });
    await other.close();
  });

  test("names everybody whom somebody saw, in as many lines as it takes", async () => {
    const subjects = Array.from({ length: 2500 }, (_each, index) => `patient ${index}`);
    const line = { person: ada, action: "searchSiteFhir", purpose: "", reason: "" };
    await access.recordAccess({ ...line, subjects });
    const kept = (await access.accessRecords(10)).toReversed();
    expect(kept).toHaveLength(3);
    expect(kept.flatMap((each) => each.subjects)).toEqual(subjects);
  });

  test("refuses when it cannot be written", async () => {
    await state.close();
    const line = { person: ada, action: "getMessage", subjects: [], purpose: "", reason: "" };
    await expect(access.recordAccess(line)).rejects.toMatchObject({ code: "sqlite.closed" });
    open();
  });
});

test.each([
  { role: "administrator", permission: "people.invite" },
  { role: "operator", permission: "people.invite" },
  { role: "operator", permission: "patients.read" },
] as const)("the $role may $permission", ({ role, permission }) => {
  expect(permits(role, permission)).toBe(true);
});

describe("the application's token", () => {
  test("lets it read patients here and at sites, nothing else, and ends when another takes its place", async () => {
    const [first, second] = [new Secret(newToken()), new Secret(newToken())];
    await access.acceptApplicationToken(first, "Planner");
    const signedIn = await access.session(first);
    expect(signedIn?.person).toEqual({ id: "application", name: "Planner", role: "application" });
    expect(permits("application", "fhir.read")).toBe(true);
    expect(permits("application", "patients.read")).toBe(true);
    expect(permits("application", "deliveries.decide")).toBe(false);
    expect(permits("application", "messages.read")).toBe(false);
    await access.acceptApplicationToken(second, "Planner");
    expect(await access.session(first)).toBeUndefined();
    expect(await access.session(second)).toBeDefined();
    await access.acceptApplicationToken(undefined, "Planner");
    expect(await access.session(second)).toBeUndefined();
  });

  test.each(["", "short", "x".repeat(31), `${"x".repeat(40)} ${"x".repeat(40)}`])(
    "is refused where others could guess it or it cannot be sent: %j",
    async (token) => {
      const accepted = access.acceptApplicationToken(new Secret(token), "Planner");
      await expect(accepted).rejects.toMatchObject({ code: "access.tokenNotUsable" });
      expect(await access.session(new Secret(token))).toBeUndefined();
    },
  );
});
