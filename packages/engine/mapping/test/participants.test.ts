import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

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
  const lines = [
    "MSH|^~\\&|LAB|LKS|TRESTLE|TRESTLE|20260301100000||ORU^R01|1|T|2.8",
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    "OBR|1||F1^LAB|BMP^Panel|||20260301100000||||||||||||||||||F",
    "OBX|1|NM|GLU^Glucose||5|mmol/L|||||F",
    `PRT|1|AD||${role}|1007^GABLE^ELOISE^^^^^^PROVID`,
  ];
  const { bundle } = mapper.map(read(lines.join("\r")), lakeshore);
  expect(resourcesOf(bundle, "Observation")[0]?.performer ?? []).toHaveLength(performers);
});
