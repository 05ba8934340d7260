import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, sandboxSettings, startSandbox } from "@trestle/sandbox";
import { eventually } from "@trestle/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../house/files.ts";
import { freePort } from "../support/free-port.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

// Three hospitals that differ in all that varies, one hub, one integration: integrations/three-sites.

const names = ["alderbrook", "saltmarsh", "tallgrass"] as const;
const sent = 200;
const hospitals = new Map<string, Sandbox>();
let scratch: string;
let application: Receiver;
/** Takes the results of stays alone, by a route of the copied folder. */
let ward: Receiver;
let hub: HubProcess;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "trestle-three-"));
  application = await startReceiver();
  ward = await startReceiver();
  const ports = await Promise.all(names.map(() => freePort()));
  hub = await startHubProcess(integrationAt(ports));
  for (const [index, name] of names.entries()) {
    hospitals.set(name, await startHospital(name, ports[index] ?? 0));
  }
  await Promise.all([...hospitals.values()].map(({ done }) => done));
  await eventually("all results arrived", () => application.received.length === 3 * sent);
}, 120_000);

afterAll(async () => {
  await Promise.all([...hospitals.values()].map((hospital) => hospital.stop()));
  await hub.stop();
  await application.stop();
  await ward.stop();
  rmSync(scratch, { recursive: true });
});

describe("what three hospitals send", () => {
  test("is taken, told from each other by MSH-4, and mapped without a code left over", async () => {
    for (const name of names) {
      expect(hospitals.get(name)).toMatchObject({ sent, refused: 0 });
      expect(bundlesOf(name)).toHaveLength(sent);
      const { items } = await hub.ask<{ items: readonly { outcome: string }[] }>(
        `/api/v1/messages?site=${name}&limit=100&outcome=failed`,
      );
      expect(items).toEqual([]);
    }
    const { items } = await hub.ask<{ items: readonly unknown[] }>("/api/v1/unmapped-codes");
    expect(items).toEqual([]);
  });

  test("means the same in standard codes: results, units and kinds of visit", () => {
    const [first, ...others] = names.map(codesOf);
    expect(first?.["Observation.code"]?.length).toBeGreaterThan(8);
    expect(first?.["Observation.valueQuantity"]).toContain("http://unitsofmeasure.org|mg/dL");
    expect(first?.["Encounter.class"]).toEqual(expect.arrayContaining([`${actCode}|EMER`]));
    for (const other of others) expect(other).toEqual(first);
  });

  test("gives records of one shape", async () => {
    const shapes = await Promise.all(names.map(shapeOf));
    const types = Object.keys(shapes[0] ?? {});
    expect(types).toEqual(expect.arrayContaining(["Condition", "Encounter", "Observation"]));
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
  });

  test("keeps letters that one of them writes in one byte", async () => {
    const lettersOf = (name: string) =>
      [...JSON.stringify(bundlesOf(name)).matchAll(/ZOË|MUÑOZ-PEÑA/gu)].length;
    expect(lettersOf("saltmarsh")).toBeGreaterThan(0);
    expect(lettersOf("saltmarsh")).toBe(lettersOf("alderbrook"));
  });
});

describe.each(names)("over FHIR %s", (name) => {
  test("knows by FHIR the patient whose number came by HL7", async () => {
    const [patient] = resourcesOf(name, "Patient");
    const system = recordNumbers[name];
    const value = patient?.identifier?.find((each) => each.system === system)?.value;
    const { entry } = await ask(name, `Patient?identifier=${system}|${value}`);
    expect(entry).toHaveLength(1);
    const id = entry?.[0]?.resource.id ?? "";
    const { entry: problems } = await ask(name, `Condition?patient=${id}`);
    expect(problems?.every(({ resource }) => resource.resourceType === "Condition")).toBe(true);
  });
});

test("observations come over FHIR where the site has it so, and elsewhere are told to come by HL7", async () => {
  const idAt = async (name: keyof typeof recordNumbers) => {
    const { entry } = await ask(name, `Patient?identifier=${recordNumbers[name]}|900001`);
    return entry?.[0]?.resource.id ?? "";
  };
  for (const name of ["alderbrook", "tallgrass"] as const) {
    const { entry = [] } = await ask(name, `Observation?patient=${await idAt(name)}`);
    const codes = entry.flatMap(({ resource }) => JSON.stringify(resource["code"] ?? ""));
    expect(codes.filter((code) => code.includes("http://loinc.org")).length).toBeGreaterThan(0);
  }
  const refused = ask("saltmarsh", `Observation?patient=${await idAt("saltmarsh")}`);
  await expect(refused).rejects.toThrow(/403.*gateway\.otherPathway/u);
});

test("a route takes the stays of each hospital alone, whatever it calls them", async () => {
  for (const name of names) {
    const stays = application.received.filter(
      ({ site, type, body }) =>
        site === name && type.startsWith("ADT") && body.includes("discharge-can-be-planned"),
    );
    expect(stays.length).toBeGreaterThan(10);
    const atWard = () => ward.received.filter(({ site }) => site === name);
    await eventually("all stays arrived", () => atWard().length >= stays.length);
    expect(new Set(atWard().map(({ message }) => message))).toEqual(
      new Set(stays.map(({ message }) => message)),
    );
  }
});

test("each has a throttle of its own, which a reload changes", async () => {
  const throttles = () =>
    Promise.all(
      names.map(async (name) => {
        const { load } = await hub.ask<{ load: { throttle: unknown } }>(
          `/api/v1/fhir-sites/${name}`,
        );
        return load.throttle;
      }),
    );
  const [alderbrook, saltmarsh, tallgrass] = [
    { requestsPerSecond: 50, burst: 50 },
    { requestsPerSecond: 10, burst: 4 },
    { requestsPerSecond: 50, burst: 100 },
  ];
  expect(await throttles()).toEqual([alderbrook, saltmarsh, tallgrass]);
  const file = join(scratch, "integration/sites/saltmarsh/site.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("burst: 4", "burst: 5"));
  await hub.ask("/api/v1/configuration/reload", { method: "POST", body: { reason: "" } });
  expect(await throttles()).toEqual([alderbrook, { ...saltmarsh, burst: 5 }, tallgrass]);
});

test("a probe finds what each hospital charts, by its own rows over HL7 and its codes over FHIR", async () => {
  const probes = "/api/v1/sites/alderbrook/probes";
  const { id } = await hub.ask<{ id: string }>(probes, {
    method: "POST",
    body: { patients: 20, maxMinutes: 2 },
  });
  let report: ProbeReport | undefined;
  const isReported = async () => {
    ({ report } = await hub.ask<{ report?: ProbeReport }>(`${probes}/${id}`));
    return report !== undefined;
  };
  await eventually("the report is there", isReported, 120_000);
  const judged = (name: string) => report?.elements.find((each) => each.name === name);
  for (const name of [
    "Observation[heart-rate].value.ofType(Quantity)",
    "ORU OBX-5[blood-pressure]",
  ])
    expect(judged(name)).toMatchObject({ populated: { verdict: "yes" }, findings: [] });
  expect(judged("ADT^A01 PV1-2")).toMatchObject({
    good: { checks: [{ what: "valueSet", share: { hits: 0 } }] },
  });
}, 150_000);

interface ProbeReport {
  readonly elements: readonly { readonly name: string }[];
}

/** The folder as it stands, on ports that are free, with a further route. */
function integrationAt(ports: readonly number[]) {
  const path = join(scratch, "integration");
  cpSync(join(root, "integrations/three-sites"), path, { recursive: true });
  const edit = (file: string, from: RegExp, to: string) => {
    const text = readFileSync(join(path, file), "utf8");
    expect(text).toMatch(from);
    writeFileSync(join(path, file), text.replace(from, to));
  };
  edit("trestle.yaml", /port: 8080/u, "port: 0");
  edit("trestle.yaml", /port: 2575/u, "port: 0");
  edit("destinations/planner.yaml", /url: .*/u, `url: ${application.url}`);
  const stays = "  - to: ward\n    when: { inSet: { PV1-2: stays } }\n";
  edit("channels/adt-in.yaml", /$/u, stays);
  writeFileSync(join(path, "destinations/ward.yaml"), `type: webhook\nurl: ${ward.url}\n`);
  for (const [index, name] of names.entries()) {
    edit(`sites/${name}/site.yaml`, /127\.0\.0\.1:\d+/u, `127.0.0.1:${ports[index]}`);
  }
  return { path, data: join(scratch, "data"), write: () => undefined, remove: () => undefined };
}

/** A hospital by its profile, which looks for the hub's keys where this hub has them. */
async function startHospital(name: string, port: number): Promise<Sandbox> {
  const ready = join(root, `packages/apps/sandbox/profiles/${name}.yaml`);
  const profile = join(scratch, `${name}.yaml`);
  writeFileSync(
    profile,
    readFileSync(ready, "utf8").replaceAll("http://127.0.0.1:8080", hub.url.replace(/\/$/u, "")),
  );
  const lives = { patients: 20, rate: 1000, stopAfter: sent };
  return startSandbox(
    sandboxSettings.parse({ ...lives, profile, port: hub.mllpPort, http: { port } }),
  );
}

interface Coding {
  readonly system?: string;
  readonly code?: string;
}

interface Resource extends Readonly<Record<string, unknown>> {
  readonly resourceType: string;
  readonly id: string;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

interface Bundle {
  readonly entry?: readonly { readonly resource: Resource }[];
}

function bundlesOf(name: string): readonly Bundle[] {
  return application.received
    .filter(({ site }) => site === name)
    .map(({ body }) => JSON.parse(body) as Bundle);
}

function resourcesOf(name: string, type: string): readonly Resource[] {
  const all = bundlesOf(name).flatMap(({ entry = [] }) => entry.map(({ resource }) => resource));
  return all.filter(({ resourceType }) => resourceType === type);
}

/** Every standard code of what matters most, once each. */
function codesOf(name: string): Readonly<Record<string, readonly string[]>> {
  const found = (type: string, key: string, codings: (value: unknown) => readonly Coding[]) => {
    const all = resourcesOf(name, type).flatMap((resource) => codings(resource[key]));
    const standard = all.filter(({ system = "" }) => !system.includes(`${name}.example`));
    return [...new Set(standard.map(({ system, code }) => `${system}|${code}`))].toSorted();
  };
  const one = (value: unknown) => (value === undefined ? [] : [value as Coding]);
  const concept = (value: unknown) =>
    (value as { readonly coding?: readonly Coding[] } | undefined)?.coding ?? [];
  return {
    "Observation.code": found("Observation", "code", concept),
    "Observation.valueQuantity": found("Observation", "valueQuantity", one),
    "DiagnosticReport.code": found("DiagnosticReport", "code", concept),
    "Encounter.class": found("Encounter", "class", one),
  };
}

/** By type of resource in all records of a site, the elements that it has. */
async function shapeOf(name: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const purpose = "testing";
  const { items } = await hub.ask<{ items: readonly { id: string }[] }>(
    `/api/v1/patients?site=${name}&limit=100`,
    { purpose },
  );
  const shapes = new Map<string, Set<string>>();
  for (const { id } of items) {
    const record = await hub.ask<{ items: readonly { resource: Resource }[] }>(
      `/api/v1/patients/${id}`,
      { purpose },
    );
    for (const { resource } of record.items) {
      const keys = shapes.get(resource.resourceType) ?? new Set<string>();
      for (const key of Object.keys(resource)) keys.add(key);
      shapes.set(resource.resourceType, keys);
    }
  }
  return Object.fromEntries([...shapes].map(([type, keys]) => [type, [...keys].toSorted()]));
}

function ask(name: string, question: string): Promise<Bundle> {
  return hub.ask(`/api/v1/sites/${name}/fhir/${question}`, { purpose: "testing" });
}

const recordNumbers = {
  alderbrook: "urn:oid:1.2.840.114350.1.13.501.3.7.5.737384.14",
  saltmarsh: "urn:oid:1.2.840.114350.1.13.502.3.7.5.737384.14",
  tallgrass: "urn:oid:1.2.840.114350.1.13.503.3.7.5.737384.14",
} as const;

const actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
