import { expect, test } from "vitest";
import type { Needs } from "../src/needs.ts";
import { refusedParameter } from "../src/refused-parameter.ts";

const needs: Needs = {
  scopes: ["system/Patient.rs", "system/Observation.rs"],
  elements: { Patient: ["identifier", "name", "birthDate"], Condition: ["code"] },
};

const refused = (type: string, query: string, by: Needs = needs) =>
  refusedParameter(by, { type, parameters: [...new URLSearchParams(query)] });

test.each([
  { type: "Patient", query: "telecom=555-0100", name: "telecom" },
  { type: "Patient", query: "family=Beam&email=a@b.example", name: "email" },
  { type: "Patient", query: "address-city:contains=a", name: "address-city:contains" },
  { type: "Patient", query: "_sort=birthdate,-address-city", name: "_sort" },
  { type: "Patient", query: "own-name=Beam", name: "own-name" },
  {
    type: "Patient",
    query: "_has:Observation:patient:code=1",
    name: "_has:Observation:patient:code",
  },
  { type: "Patient", query: "_filter=telecom eq 5", name: "_filter" },
  { type: "Patient", query: "_content=555", name: "_content" },
  { type: "Patient", query: "_sort:desc=address-city", name: "_sort:desc" },
  { type: "Patient", query: "_include=Patient:general-practitioner", name: "_include" },
  { type: "Patient", query: "_include=Patient:*", name: "_include" },
  { type: "Patient", query: "_include=*", name: "_include" },
  { type: "Observation", query: "_include:iterate=Patient:organization", name: "_include:iterate" },
  { type: "Observation", query: "_include=PATIENT:organization", name: "_include" },
  { type: "Observation", query: "_include=Observation:code,Patient:link", name: "_include" },
  { type: "Patient", query: "_revinclude=Condition:asserter", name: "_revinclude" },
  { type: "Observation", query: "_getpages=1", name: "_getpages" },
  { type: "Observation", query: "_HAS:Patient:link:telecom=5", name: "_HAS:Patient:link:telecom" },
  { type: "Observation", query: "_list=1", name: "_list" },
  { type: "Observation", query: "patient.telecom=555", name: "patient.telecom" },
  { type: "Observation", query: "subject:Patient.telecom=555", name: "subject:Patient.telecom" },
  { type: "Condition", query: "patient=1&category=problem-list-item", name: "category" },
])("$type?$query looks where the application may not", ({ type, query, name }) => {
  expect(refused(type, query)).toBe(name);
});

test.each([
  { type: "Patient", query: "family=Beam&given:exact=Ada&birthdate=1980-01-15&identifier=a|1" },
  { type: "Patient", query: "_id=1&_lastUpdated=gt2026-01-01&active=true&deceased=false" },
  { type: "Patient", query: "_sort=-birthdate&_count=5&_include=Patient:link&_tag=a&_total=none" },
  { type: "Condition", query: "patient=1&code=http://a.example|1&clinical-status=active" },
  { type: "Condition", query: "subject:Patient=1" },
  { type: "Patient", query: "_revinclude=Condition:patient&_revinclude=Observation:*" },
  { type: "Observation", query: "_include=Observation:performer:Practitioner&_sort=-date" },
  { type: "Observation", query: "patient=1&category=laboratory&made-up=1&value-quantity=gt5" },
])("$type?$query does not", ({ type, query }) => {
  expect(refused(type, query)).toBeUndefined();
});

test("nothing is refused to who may see everything", () => {
  const everything = { scopes: ["system/*.rs"], elements: {} };
  expect(refused("Patient", "_has:Observation:patient:code=1", everything)).toBeUndefined();
  expect(refused("Patient", "general-practitioner.name=A", everything)).toBeUndefined();
  const narrower = [
    { scopes: ["system/*.r", "system/Patient.s"], elements: {} },
    { scopes: ["system/*.rs?category=a"], elements: {} },
    { scopes: ["user/*.rs"], elements: {} },
    { scopes: ["system/*.rs"], elements: { Practitioner: ["name"] } },
  ];
  for (const each of narrower) expect(refused("Patient", "link.name=A", each)).toBe("link.name");
});
