import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();
const visit = "PV1|1|I||||||||||||||||V1^^^ACC\r";

test("a note behind the patient is about the patient, and one behind the visit about the visit", () => {
  const text = `NTE|1||Wears a hearing aid\r${visit}NTE|1||Moved twice\r`;
  expect(notesIn("Patient", text)).toEqual(["Wears a hearing aid"]);
  expect(notesIn("Encounter", text)).toEqual(["Moved twice"]);
});

test("a note behind a role of the visit is about the visit", () => {
  const role = "ROL|1|AD|AT|1007^GABLE^ELOISE\r";
  expect(notesIn("Encounter", `${visit}${role}NTE|1||Comes on Mondays\r`)).toEqual([
    "Comes on Mondays",
  ]);
});

test("a note behind a visit that becomes no Encounter is about the patient", () => {
  const text = "PV1|1|N\rNTE|1||Prefers mornings\r";
  expect(notesIn("Encounter", text)).toEqual([]);
  expect(notesIn("Patient", text)).toEqual(["Prefers mornings"]);
});

test("a line that repeats an earlier one of a note stays", () => {
  const lines = ["No line in the left arm", "until", "No cuff at the right arm", "until"];
  const text = `${visit}${lines.map((line) => `NTE|1||${line}\r`).join("")}`;
  expect(notesIn("Encounter", text)).toEqual(lines);
});

test("a note behind the visit of a second patient makes no Encounter of its own", () => {
  const second = "PID|2||900002^^^TH^MR||BEAM^BO\rPV1|1|O\rNTE|1||Of the second\r";
  const { bundle } = mapper.map(messageOf(`PV1|1|O\r${second}`), lakeshore);
  const encounters = resourcesOf(bundle, "Encounter");
  const [, other] = resourcesOf(bundle, "Patient");
  expect(encounters).toHaveLength(2);
  expect(encounters.map(({ extension = [] }) => extension.length)).toEqual([0, 1]);
  expect(encounters[1]?.subject?.reference).toBe(`urn:uuid:${other?.id ?? ""}`);
});

function notesIn(type: "Patient" | "Encounter", segments: string) {
  const { bundle } = mapper.map(messageOf(segments), lakeshore);
  return resourcesOf(bundle, type).flatMap(({ extension = [] }) =>
    extension.flatMap(({ valueAnnotation }) => valueAnnotation?.text ?? []),
  );
}

function messageOf(segments: string) {
  return read(
    [
      "MSH|^~\\&||TH|TRESTLE|TRESTLE|20260115103015||ORU^R01|4711|T|2.8",
      "PID|1||900001^^^TH^MR||BEAM^ADA",
      segments,
    ].join("\r"),
  );
}
