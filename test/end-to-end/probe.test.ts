import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hospital, startHospital } from "../../proofs/probe/hospital.ts";
import { scenarios } from "../../proofs/probe/scenarios.ts";

// The short form of the proof: a clean hospital, and one with several things wrong at once.

let hospital: Hospital;

beforeAll(async () => {
  hospital = await startHospital({ seed: 1, patients: 20, messages: 150 });
}, 120_000);

afterAll(() => hospital.stop());

test("a probe finds nothing at a clean hospital, then each thing that is wrong at its element", async () => {
  await hospital.become({});
  const clean = await hospital.probe();
  expect(clean.elements.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
    clean.elements.map(({ name }) => `${name} good`),
  );
  const wrong = scenarios.filter(({ title }) => chosen.has(title));
  expect(wrong).toHaveLength(chosen.size);
  await hospital.become({
    switches: {
      defects: wrong.flatMap(({ changes }) => changes.switches?.["defects"] ?? []),
      userRights: ["Observation (Labs)"],
    },
  });
  const { elements, before } = await hospital.probe();
  const codesOf = (name: string) =>
    elements.find((each) => each.name === name)?.findings.map(({ code }) => code);
  for (const { element, finding } of wrong) expect(codesOf(element)).toContain(finding);
  expect(codesOf("Observation[category=laboratory].code")).toContain("probe.refused");
  expect(codesOf("Patient.birthDate")).toContain("probe.dropped");
  expect(before?.id).toBe(clean.id);
}, 120_000);

const chosen: ReadonlySet<string> = new Set([
  "a field is half filled",
  "a third of the quantities have units of the hospital's own",
  "a third of the problems have codes of the hospital's own",
  "a fifth of the visits begin a century ahead",
  "half of the references lead to nothing",
]);
