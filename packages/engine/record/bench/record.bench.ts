import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { phi, seededRandom, stableId } from "@trestle/base";
import type { FhirResource } from "@trestle/fhir";
import { SqliteFile } from "@trestle/sqlite";
import { type RecordChange, SqliteRecord, prepareChange, recordSchema } from "../src/index.ts";

// node packages/engine/record/bench/record.bench.ts [--patients N] [--messages N] [--commit N]
//
// How long one typical ADT message takes to apply, and how long searches take afterwards.

const { values } = parseArgs({
  options: {
    patients: { type: "string", default: "200" },
    messages: { type: "string", default: "50000" },
    commit: { type: "string", default: "100" },
  },
});
const patients = Number(values.patients);
const messages = Number(values.messages);
const perCommit = Number(values.commit);

const random = seededRandom(1);
const syllables = ["be", "am", "gir", "der", "tru", "ss", "ar", "ch", "pi", "er", "ca", "ble"];
const draw = (below: number) => Math.floor(random.next() * below);
const word = (length: number) =>
  Array.from({ length }, () => syllables[draw(syllables.length)] ?? "").join("");
const people = Array.from({ length: patients }, () => ({ family: word(3), given: word(2) }));
const shared = Array.from({ length: 50 }, (_, index) => staff(index));

const folder = mkdtempSync(join(tmpdir(), "trestle-record-bench-"));
const file = join(folder, "state.db");
const state = new SqliteFile({ file, migrations: [recordSchema] });
const record = new SqliteRecord(state);
let position = 0;

console.log(`${patients} patients, ${messages} messages, ${perCommit} a commit`);
await apply("first message of each patient", (index) => index, patients);
await apply("one more message about anyone", () => draw(patients), messages);
await apply("the same words again", () => draw(Math.min(patients, 1_000)), messages, "unchanged");
for (const text of ["girbeam", "gir", "b", "MRN17", "nobody", ""]) await search(text);
console.log(`state file ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`);
await state.close();
rmSync(folder, { recursive: true });

async function apply(
  title: string,
  pick: (index: number) => number,
  ...[count, mode = "changed"]: [number, ("changed" | "unchanged")?]
): Promise<void> {
  let applyMs = 0;
  const started = performance.now();
  for (let done = 0; done < count; done += perCommit) {
    const size = Math.min(perCommit, count - done);
    const batch = Array.from({ length: size }, (_, index) => adt(pick(done + index), mode));
    const begun = performance.now();
    await state.transact(() => {
      for (const change of batch) record.apply(prepareChange(change));
      applyMs += performance.now() - begun;
    });
  }
  const each = (applyMs * 1_000) / count;
  const rate = (count * 1_000) / (performance.now() - started);
  console.log(
    `${title}: ${each.toFixed(1)} µs each to apply, ${rate.toFixed(0)} a second with commits`,
  );
}

async function search(text: string): Promise<void> {
  const times: number[] = [];
  let found = 0;
  for (let run = 0; run < 5; run += 1) {
    const started = performance.now();
    found = (await record.patients({ text: phi(text), limit: 50 })).length;
    times.push(performance.now() - started);
  }
  const median = times.toSorted((one, other) => one - other)[2] ?? 0;
  console.log(`search "${text}": ${found} found in ${median.toFixed(2)} ms`);
}

/** Patient, encounter, three practitioners, place, payer and problems: what an ADT^A08 maps to. */
function adt(number: number, mode: "changed" | "unchanged"): RecordChange {
  position += 1;
  const id = stableId("lakeshore", "Patient", `${number}`);
  const subject = { reference: `urn:uuid:${id}` };
  const said = mode === "changed" ? position : 0;
  const keys = [`urn:oid:1.2.3.1|EPI${number}`, `urn:oid:1.2.3.2|MRN${number}`];
  const resources: FhirResource[] = [
    patient(number, { id, said }),
    {
      resourceType: "Encounter",
      id: stableId(id, "Encounter"),
      status: "in-progress",
      class: { code: "IMP", system: "http://terminology.hl7.org/CodeSystem/v3-ActCode" },
      identifier: [{ system: "urn:oid:1.2.3.3", value: `CSN${number}` }],
      subject,
      period: { start: "2026-01-15T10:59:00-05:00" },
      location: [{ location: { reference: "urn:uuid:l1", display: `Bed ${said}` } }],
    },
    {
      resourceType: "Coverage",
      id: stableId(id, "Coverage"),
      status: "active",
      beneficiary: subject,
      payor: [],
    },
    {
      resourceType: "RelatedPerson",
      id: stableId(id, "RelatedPerson"),
      patient: subject,
      name: [{ family: "Beam" }],
    },
    {
      resourceType: "AllergyIntolerance",
      id: stableId(id, "AllergyIntolerance"),
      patient: subject,
      code: { coding: [{ code: "1234", display: "Penicillins" }] },
    },
    {
      resourceType: "Condition",
      id: stableId(id, "Condition"),
      subject,
      code: { coding: [{ system: "http://hl7.org/fhir/sid/icd-10-cm", code: "R07.9" }] },
    },
    ...[1, 2, 3, 4, 5].map((step) => shared[(number + step) % shared.length] ?? staff(step)),
    {
      resourceType: "Provenance",
      id: stableId(id, `${position}`),
      target: [subject],
      recorded: "2026-01-15T11:00:00Z",
      agent: [{ who: { display: "lakeshore" } }],
    },
  ];
  return {
    site: "lakeshore",
    position,
    receivedAt: 1_768_000_000_000 + position,
    patient: { key: phi(keys[0] ?? ""), identifiers: keys.map((key) => phi(key)) },
    bundle: phi({
      resourceType: "Bundle",
      type: "collection",
      entry: resources.map((resource) => ({ resource })),
    }),
  };
}

function patient(number: number, { id, said }: { id: string; said: number }): FhirResource {
  const person = people[number] ?? { family: "", given: "" };
  return {
    resourceType: "Patient",
    id,
    identifier: [
      { system: "urn:oid:1.2.3.1", value: `EPI${number}`, type: { coding: [{ code: "PI" }] } },
      { system: "urn:oid:1.2.3.2", value: `MRN${number}`, type: { coding: [{ code: "MR" }] } },
    ],
    name: [{ use: "official", family: person.family, given: [person.given] }],
    gender: "female",
    birthDate: "1980-01-15",
    address: [
      { line: [`${said} Test Street`], city: "Sample City", state: "WI", postalCode: "53701" },
    ],
    telecom: [{ system: "phone", value: "555-0100", use: "home" }],
  };
}

function staff(index: number): FhirResource {
  const id = stableId("lakeshore", "Practitioner", `${index}`);
  const identifier = [{ system: "urn:oid:1.2.3.9", value: `${index}` }];
  return {
    resourceType: "Practitioner",
    id,
    identifier,
    name: [{ family: word(3), given: [word(2)] }],
  };
}
