import { Secret } from "@trestle/base";
import { epicDialect } from "@trestle/epic";
import type { Condition, Patient } from "@trestle/fhir";
import { type FhirClient, type LoggedRequest, openFhirClient } from "@trestle/fhir/client";
import { expect, onTestFinished, test } from "vitest";
import { type Site, type SiteWish, allBut, startSite } from "../fhir/support/site.ts";
import { ids } from "../fhir/support/ward.ts";

// The client for FHIR against the simulated hospital: neither knows the other's code.

test("reads a resource, and is told which ids and types there are none of", async () => {
  const { client } = await opened();
  expect((await client.read("Patient", ids.ada)).birthDate).toBe("1980-01-15");
  await expect(client.read("Patient", "nope")).rejects.toMatchObject({
    code: "fhir.notFound",
    facts: { status: 404, code: "59008" },
  });
  // The web server in front answers for what is not there, in HTML.
  await expect(client.search("Basic").all()).rejects.toMatchObject({
    code: "fhir.notServed",
    facts: { status: 404, answer: "html" },
  });
});

test("is told that a search lacks what it needs, by the code of the site", async () => {
  const { client } = await opened();
  const lacking = { code: "fhir.requestRefused", facts: { status: 400, code: "59159" } };
  await expect(client.search("Patient").all()).rejects.toMatchObject(lacking);
  const withoutPatient = client.search("Observation", { category: "laboratory" });
  await expect(withoutPatient.all()).rejects.toMatchObject(lacking);
});

test("searches observations in every category where none is named", async () => {
  const { client } = await opened();
  const { matches, notices, isWhole } = await client
    .search("Observation", { patient: ids.ada })
    .all();
  expect(matches).toHaveLength(12);
  expect(new Set(notices.map(({ kind }) => kind))).toEqual(new Set(["noMatches"]));
  expect(notices.map(({ part }) => part?.value)).not.toContain("laboratory");
  expect(isWhole).toBe(true);
});

test("gives what is granted of a search, and says which category was refused", async () => {
  const { client } = await opened({
    grant: {
      apis: allBut({ operation: "Search", type: "Observation", subType: "Labs" }),
    },
  });
  const { matches, notices, isWhole } = await client
    .search("Observation", { patient: ids.ada })
    .all();
  expect(matches).toHaveLength(8);
  const refused = notices.filter(({ mayMiss }) => mayMiss);
  expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(["applicationLacksAccess"]));
  expect(refused.map(({ part }) => part)).toContainEqual({
    parameter: "category",
    value: "laboratory",
  });
  expect(refused.map(({ part }) => part?.value)).not.toContain("vital-signs");
  expect(isWhole).toBe(false);
});

test("reads on from page to page whatever their totals say, with what is included", async () => {
  const { client } = await opened();
  const found = client.search("Encounter", {
    patient: ids.ada,
    _count: 1,
    _include: "Encounter:patient",
  });
  const seen: string[] = [];
  for await (const { matches, included } of found.pages()) {
    seen.push(...matches.map(({ id }) => id ?? ""));
    expect(included.map(({ id }) => id)).toEqual([ids.ada]);
  }
  expect(seen.toSorted()).toEqual([ids.visit, ids.closedVisit].toSorted());
  expect(await client.count("Encounter", { patient: ids.ada })).toBe(2);
});

test("files a condition, finds one that is there, and is told why one is refused", async () => {
  const { client, site } = await opened();
  const written = await client.create(condition("Sprain"));
  expect(written).toMatchObject({ isNew: true, resource: { resourceType: "Condition" } });
  expect(site.store.read("Condition", written.id ?? "")).toBeDefined();
  const find = { patient: ids.ada, category: "problem-list-item" };
  const isSame = ({ code }: Condition) => code?.text === "Hypertension";
  expect(await client.createOnce(condition("Hypertension"), { find, isSame })).toMatchObject({
    outcome: "existing",
    id: "eProblem00000000000003",
  });
  await expect(client.create(condition("Sprain", "confirmed"))).rejects.toMatchObject({
    code: "fhir.requestRefused",
    facts: { status: 422, code: "59012" },
  });
});

test("finds a person by $match", async () => {
  const person: Patient = {
    resourceType: "Patient",
    name: [{ family: "Beam", given: ["Ada"] }],
    birthDate: "1980-01-15",
    gender: "female",
    telecom: [{ system: "phone", value: "555-555-0100" }],
    address: [{ line: ["1 Test St"], city: "MADISON", state: "WI", postalCode: "53703" }],
  };
  const { client } = await opened();
  const { resource } = await client.operation({
    type: "Patient",
    name: "match",
    isSafe: true,
    parameters: {
      resourceType: "Parameters",
      parameter: [
        { name: "onlyCertainMatches", valueBoolean: true },
        { name: "resource", resource: person },
      ],
    },
  });
  expect(resource).toMatchObject({
    resourceType: "Bundle",
    entry: [{ resource: { id: ids.ada } }],
  });
});

test("reads the text of a note, in the form that the note names", async () => {
  const { client } = await opened();
  const { matches } = await client.search("DocumentReference", { patient: ids.ada }).all();
  const [note] = matches.flatMap(({ content }) => content.map(({ attachment }) => attachment));
  const { url = "", contentType = "" } = note ?? {};
  const document = await client.binary(url, { contentType });
  expect(document.contentType).toBe("text/html");
  expect(Buffer.from(document.bytes).toString()).toContain("Ada &amp; well");
});

test("follows a merged patient, and remembers where it led", async () => {
  const { client, site } = await opened();
  site.store.merge(ids.bob, ids.ada);
  expect((await client.read("Patient", ids.bob)).id).toBe(ids.ada);
  expect(client.aliases.entries()).toEqual([[ids.bob, ids.ada]]);
});

test("exports a group, and may not again on the same day", async () => {
  const { client, site } = await opened();
  const of = { group: ids.group };
  const started = await client.startExport({ of, types: ["Patient", "Encounter"] });
  const told: string[] = [];
  const onProgress = (progress: string) => {
    told.push(progress);
    // One patient at a turn of the site's clock.
    for (let turn = 0; turn < 5; turn += 1) site.clock.advance(1);
  };
  const ready = await client.awaitExport(started, { onProgress });
  expect(told).toEqual(["Searching: 0 of 2 patients"]);
  const counts = new Map<string, number>();
  for await (const each of client.exported(ready)) {
    const name = each.kind === "notice" ? each.notice.kind : each.resource.resourceType;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ Patient: 2, Encounter: 3 });
  await expect(client.startExport({ of })).rejects.toMatchObject({
    code: "fhir.dailyQuotaSpent",
    facts: { status: 400, code: "59136" },
  });
});

test("is told that its token is refused, and logs no patient data", async () => {
  const { client, log } = await opened({}, "Bearer bad");
  await expect(client.read("Patient", ids.ada)).rejects.toMatchObject({
    code: "fhir.tokenRefused",
    facts: { status: 401 },
  });
  expect(log.length).toBeGreaterThan(0);
  expect(JSON.stringify(log)).not.toContain(ids.ada);
});

interface Opened {
  readonly site: Site;
  readonly client: FhirClient;
  readonly log: readonly LoggedRequest[];
}

async function opened(wish: SiteWish = {}, token = "Bearer good"): Promise<Opened> {
  const site = await startSite({ ...wish, switches: { bulkRetryAfterSeconds: 1 } });
  const log: LoggedRequest[] = [];
  const client = openFhirClient({
    settings: { baseUrl: site.base, bulk: { pollSeconds: 1, maxPollSeconds: 1 } },
    dialect: epicDialect(),
    authorization: { header: () => Promise.resolve(new Secret(token)) },
    log: (request) => log.push(request),
  });
  onTestFinished(async () => {
    await client.close();
    await site.close();
  });
  return { site, client, log };
}

function condition(text: string, verification = "provisional"): Condition {
  const terms = "http://terminology.hl7.org/CodeSystem";
  const of = (system: string, code: string) => ({ coding: [{ system, code }] });
  return {
    resourceType: "Condition",
    subject: { reference: `Patient/${ids.ada}` },
    clinicalStatus: of(`${terms}/condition-clinical`, "active"),
    verificationStatus: of(`${terms}/condition-ver-status`, verification),
    category: [of(`${terms}/condition-category`, "problem-list-item")],
    code: { ...of("http://hl7.org/fhir/sid/icd-10-cm", "I10"), text },
  };
}
