import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();
const report = "OBR|1||F1^LAB|BMP^Panel|||20260301100000||||||||||||||||||F";
const result = "OBX|1|NM|GLU^Glucose||5|mmol/L|||||F";

test.each([
  { role: "OP", performers: 0 },
  { role: "EP", performers: 0 },
  { role: "RCT", performers: 0 },
  { role: "AT", performers: 0 },
  { role: "PO", performers: 1 },
  { role: "PRI", performers: 1 },
  { role: "VP", performers: 1 },
  { role: "ZZ", performers: 1 },
])("of those who take part as $role, $performers answer for a result", ({ role, performers }) => {
  const bundle = map("ORU^R01", report, result, part(role));
  expect(resourcesOf(bundle, "Observation")[0]?.performer ?? []).toHaveLength(performers);
});

describe("a role that no element shows stands in a Provenance", () => {
  const order = "ORC|NW|P1^EHR\rOBR|1|P1^EHR||BMP^Panel";

  test.each(["RCT", "RP", "RT", "AD", "AT", "CP", "FHCP", "PP"])("as %s of a result", (role) => {
    expect(rolesIn(map("ORU^R01", report, result, part(role)))).toEqual([role]);
    expect(rolesIn(map("ORU^R01", report, part(role), result))).toEqual([role]);
  });

  test.each(["RCT", "PRI", "VP", "EP", "SC", "AP"])("as %s of an order", (role) => {
    expect(rolesIn(map("OML^O21", order, part(role)))).toEqual([role]);
  });

  test("as somebody who performs what is asked in an order", () => {
    const question = "OBX|1|ST|Q1^Fasting?||yes||||||F";
    expect(rolesIn(map("OML^O21", order, question, part("PO")))).toEqual(["PO"]);
  });

  test("and of a dose of a vaccine", () => {
    const bundle = map(
      "VXU^V04",
      "ORC|RE||F1^IIS",
      part("RCT"),
      "RXA|0|1|20260301||08^HEP B^CVX|1",
    );
    expect(rolesIn(bundle)).toEqual(["RCT"]);
  });

  test("and one that an element shows does not", () => {
    expect(rolesIn(map("OML^O21", order, part("OP"), part("PO")))).toEqual([]);
    expect(rolesIn(map("ORU^R01", report, part("PRI"), result, part("RO")))).toEqual([]);
    const entered = "ORC|NW|P1^EHR||||||||1003^PIKE^OTIS\rOBR|1|P1^EHR||BMP^Panel";
    expect(rolesIn(map("OML^O21", entered, part("VP")))).toEqual([]);
  });
});

test("the kind of unit in PRT-7 is no type of an organization that others refer to", () => {
  const doctor = "1003^PIKE^OTIS^^^^^^PROVID";
  const house = "GULL CLINIC^^^^^LKS^^^^77";
  const bundle = map(
    "ADT^A08",
    "PV1|1|I",
    `PRT|1|AD||CON|${doctor}||ICU^Intensive care^L|${house}`,
  );
  expect(resourcesOf(bundle, "Organization").map(({ name, type }) => [name, type])).toContainEqual([
    "GULL CLINIC",
    undefined,
  ]);
  const [role] = resourcesOf(bundle, "PractitionerRole");
  expect(role?.organization?.display).toBe("GULL CLINIC, Intensive care");
});

function part(role: string): string {
  return `PRT|1|AD||${role}|1007^GABLE^ELOISE^^^^^^PROVID`;
}

/** The roles in the Provenances that tell of persons alone. */
function rolesIn(bundle: ReturnType<typeof map>) {
  const practitionerRoles = resourcesOf(bundle, "PractitionerRole").map(({ id }) => id ?? "");
  return resourcesOf(bundle, "Provenance")
    .flatMap(({ agent }) => agent)
    .filter(({ who }) => practitionerRoles.some((id) => who.reference?.endsWith(id)))
    .map(({ type }) => type?.coding?.[0]?.code);
}

function map(type: string, ...segments: readonly string[]) {
  const lines = [
    `MSH|^~\\&|LAB|LKS|TRESTLE|TRESTLE|20260301100000||${type}|1|T|2.8`,
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    ...segments,
  ];
  return mapper.map(read(lines.join("\r")), lakeshore).bundle;
}
