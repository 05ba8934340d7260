import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { z } from "zod";
import { type Sandbox, sandboxSettings, startSandbox } from "../src/index.ts";
import { addressesOf } from "../src/site/addresses.ts";
import type { SandboxLimits } from "../src/site/limits.ts";
import { siteSwitches } from "../src/site/switches.ts";
import { type ClientKey, askAsBackend, assertionFor, clientKey } from "./support/backend-key.ts";
import { firstMessages } from "./support/hospital.ts";
import { backendApp } from "./support/sign-in.ts";
import { startReceiver } from "./support/receiver.ts";

/** A machine under load takes longer than the second that is usual. */
const patiently = { timeout: 20_000 };

let key: ClientKey;

beforeAll(async () => {
  key = await clientKey();
});

async function start(
  given: z.input<typeof sandboxSettings>,
  clock: Clock = systemClock,
): Promise<Sandbox> {
  const sandbox = await startSandbox(
    sandboxSettings.parse({
      patients: 20,
      rate: 10_000,
      http: { port: 0 },
      profile: profile(),
      ...given,
    }),
    clock,
  );
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** A file that takes a backend with a key on record. */
function profile(limits: Partial<SandboxLimits> = {}): string {
  const file = join(mkdtempSync(join(tmpdir(), "trestle-profile-")), "profile.yaml");
  const { kty, n, e } = key.jwk;
  const client = { name: "B", clientId: backendApp, audience: "backend", apis: ["*"] };
  const clients = [{ ...client, keys: [{ kty, n, e }] }];
  writeFileSync(
    file,
    JSON.stringify({ sampleClients: false, switches: { keyMode: "static" }, clients, limits }),
  );
  return file;
}

async function tokenOf({ http }: Sandbox): Promise<string> {
  const addresses = addressesOf(http?.url ?? "", siteSwitches.parse({}));
  const site = { addresses } as unknown as Parameters<typeof askAsBackend>[0]["site"];
  const response = await askAsBackend(
    { site },
    await assertionFor({ site, clock: systemClock }, key),
  );
  return ((await response.json()) as { access_token: string }).access_token;
}

async function search({ http }: Sandbox, token: string, query: string) {
  const headers = { authorization: `Bearer ${token}`, accept: "application/fhir+json" };
  const response = await fetch(`${http?.fhirBase}/${query}`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as { total: number; entry: { resource: { id: string } }[] };
}

async function admin({ http }: Sandbox, what: string, body: object = {}): Promise<unknown> {
  const [method = "", path = ""] = what.split(" ");
  const response = await fetch(`${http?.admin}${path}`, {
    method,
    headers: { authorization: `Bearer ${http?.adminToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

interface Hospital {
  readonly sandbox: Sandbox;
  readonly token: string;
}

interface Admitted {
  /** Of the patient, in the enterprise. */
  readonly number: string;
  /** Of the visit. */
  readonly csn: string;
}

/** Who comes, by a message; undefined where it tells something else. */
function admittedIn(text: string): Admitted | undefined {
  const parsed = parseMessage(text);
  if (!parsed.ok) throw new Error("not readable");
  const type = parsed.value.get("MSH-9.2") ?? "";
  if (!["A01", "A04"].includes(type)) return undefined;
  return { number: parsed.value.get("PID-3.1") ?? "", csn: parsed.value.get("PV1-19.1") ?? "" };
}

/** Whether the visit is there over FHIR. */
async function isShown({ sandbox, token }: Hospital, { number, csn }: Admitted): Promise<boolean> {
  const system = "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.0";
  const found = await search(sandbox, token, `Patient?identifier=${system}|${number}`);
  expect(found.total).toBe(1);
  const id = found.entry[0]?.resource.id ?? "";
  const encounters = await search(sandbox, token, `Encounter?patient=${id}`);
  return JSON.stringify(encounters).includes(`"value":"${csn}"`);
}

describe("one hospital, told in two ways", () => {
  test("has over FHIR whom it tells of over HL7, by the same numbers, in that moment", async () => {
    const started = Promise.withResolvers<Hospital>();
    const seen: { csn: string; isShown: boolean }[] = [];
    const receiver = await startReceiver(async (text) => {
      const hospital = await started.promise;
      const admitted = admittedIn(text);
      if (admitted !== undefined) {
        seen.push({ csn: admitted.csn, isShown: await isShown(hospital, admitted) });
      }
      return "AA";
    });
    const sandbox = await start({ port: receiver.port, stopAfter: 60 });
    started.resolve({ sandbox, token: await tokenOf(sandbox) });
    await sandbox.done;
    expect(new Set(seen.map(({ csn }) => csn)).size).toBeGreaterThan(2);
    expect(seen.filter((one) => !one.isShown)).toEqual([]);
  });

  test("goes on over FHIR while nobody acknowledges, and tells all of it afterwards", async () => {
    const gone = await startReceiver();
    await gone.close();
    const sandbox = await start({ port: gone.port, stopAfter: 60 });
    const hospital = { sandbox, token: await tokenOf(sandbox) };
    await vi.waitFor(() => expect(sandbox.unsent).toBe(60), patiently);
    const texts = firstMessages({ count: 60, patients: 20 }).map(({ text }) => text);
    const admitted = texts.flatMap((text) => admittedIn(text) ?? []);
    expect(admitted.length).toBeGreaterThan(2);
    for (const one of admitted) expect(await isShown(hospital, one)).toBe(true);
    expect(sandbox).toMatchObject({ sent: 0, isFull: false });
    const receiver = await startReceiver(() => "AA", gone.port);
    await sandbox.done;
    expect(receiver.received).toEqual(texts);
    expect(sandbox).toMatchObject({ sent: 60, unsent: 0 });
  });

  test("stands still where as many messages wait as may, and goes on behind the first", async () => {
    let acknowledge = (): void => {};
    const receiver = await startReceiver(
      () => new Promise((resolve) => (acknowledge = () => resolve("AA"))),
    );
    const limits = { maxUnsent: 3 };
    const sandbox = await start({ port: receiver.port, stopAfter: 60, profile: profile(limits) });
    const hospital = { sandbox, token: await tokenOf(sandbox) };
    const texts = firstMessages({ count: 60, patients: 20 }).map(({ text }) => text);
    const nth = texts.findIndex((text) => admittedIn(text) !== undefined);
    const first = admittedIn(texts[nth] ?? "") ?? { number: "", csn: "" };
    // It is lived as soon as room was made for it, three ahead of what is acknowledged.
    for (let acknowledged = 0; acknowledged <= nth - 3; acknowledged += 1) {
      await vi.waitFor(() => expect(receiver.received.length).toBe(acknowledged + 1), patiently);
      await vi.waitFor(() => expect(sandbox.isFull).toBe(true), patiently);
      expect(await isShown(hospital, first)).toBe(false);
      acknowledge();
    }
    await vi.waitFor(async () => expect(await isShown(hospital, first)).toBe(true), patiently);
    expect(sandbox).toMatchObject({ sent: nth - 2, unsent: 3 });
  });

  test("is there over FHIR where nobody takes its messages, and where it sends none", async () => {
    for (const given of [{ port: 9 }, { hl7: false }]) {
      const sandbox = await start(given);
      const token = await tokenOf(sandbox);
      const { total } = await search(sandbox, token, "Practitioner?family=Purlin");
      expect(total).toBeGreaterThan(0);
      expect(sandbox.sent).toBe(0);
    }
  });

  test("goes on living where it sends nothing, and ends when it was asked to", async () => {
    const sandbox = await start({ hl7: false, stopAfter: 200 });
    await sandbox.done;
    expect(sandbox).toMatchObject({ sent: 0, refused: 0 });
    expect(await admin(sandbox, "POST /feed/drop")).toEqual({ dropped: false });
  });

  test("1.9 invalid token and API not on the client: 401 with two quotation marks, 403 with nothing", async () => {
    const sandbox = await start({ hl7: false });
    const bad = await fetch(`${sandbox.http?.fhirBase}/Patient/x`, {
      headers: { authorization: "Bearer x" },
    });
    expect([bad.status, await bad.text()]).toEqual([401, '""']);
    const token = await tokenOf(sandbox);
    const client = { name: "B", clientId: backendApp, audience: "backend", apis: ["Binary.*"] };
    await admin(sandbox, "POST /clients", client);
    const refused = await fetch(`${sandbox.http?.fhirBase}/Patient/x`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([refused.status, await refused.text()]).toEqual([403, ""]);
  });

  test("1.2 register: is in the capability statement for a client that may, and for no other", async () => {
    const sandbox = await start({ hl7: false, profile: undefined });
    const statement = async (clientId?: string) => {
      const headers = {
        accept: "application/json",
        ...(clientId !== undefined && { "Epic-Client-ID": clientId }),
      };
      return (await fetch(`${sandbox.http?.fhirBase}/metadata`, { headers })).text();
    };
    expect(await statement()).not.toContain("/oauth2/register");
    expect(await statement("7a1d3c5e-0000-4000-8000-0000000c1141")).not.toContain(
      "/oauth2/register",
    );
    expect(await statement("7a1d3c5e-0000-4000-8000-0000000a7141")).toContain("/oauth2/register");
  });
});

describe("the HL7 feed on request", () => {
  test("falls silent without a word while life goes on, and tells it all afterwards", async () => {
    const receiver = await startReceiver();
    const sandbox = await start({ port: receiver.port, stopAfter: 400, rate: 300 });
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(3), patiently);
    await admin(sandbox, "PUT /faults", { quietFeed: true });
    const { sent } = sandbox;
    await vi.waitFor(() => expect(sandbox.sent + sandbox.unsent).toBe(400), patiently);
    expect(sent).toBeLessThan(400);
    expect(sandbox.sent).toBeLessThanOrEqual(sent + 1);
    expect(sandbox.reconnects).toBe(0);
    await admin(sandbox, "PUT /faults", {});
    await sandbox.done;
    const all = firstMessages({ count: 400, patients: 20 }).map(({ text }) => text);
    expect(receiver.received).toEqual(all);
  });

  test("loses its connection, and sends everything all the same", async () => {
    const receiver = await startReceiver();
    const sandbox = await start({ port: receiver.port, rate: 300 });
    await vi.waitFor(() => expect(sandbox.sent).toBeGreaterThan(3), patiently);
    expect(await admin(sandbox, "POST /feed/drop")).toEqual({ dropped: true });
    await admin(sandbox, "PUT /faults", { dropFeedEvery: 5 });
    await vi.waitFor(() => expect(sandbox.sent).toBeGreaterThan(40), patiently);
    const controlIds = receiver.received.map((text) => Number(text.split("|")[9]));
    const distinct = [...new Set(controlIds)];
    expect(distinct).toEqual(distinct.map((_, index) => (distinct[0] ?? 0) + index));
  });
});
