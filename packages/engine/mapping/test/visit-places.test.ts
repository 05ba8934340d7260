import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

describe("the places of a visit", () => {
  test.each(["A11", "A23", "A27", "A38"])(
    "say nothing more once %s took the visit back",
    (event) => {
      expect(placesIn(event)).toEqual({
        "W1 101": undefined,
        "W6 106": undefined,
        W11: undefined,
        "W42 142": undefined,
        "W9 109": undefined,
      });
    },
  );

  test("are where the patient was, once the visit is over", () => {
    expect(placesIn("A03")).toMatchObject({
      "W1 101": "completed",
      "W6 106": "completed",
      W11: "completed",
      "W42 142": undefined,
    });
  });

  test("are pending while a transfer is", () => {
    expect(placesIn("A15")).toMatchObject({
      "W1 101": "active",
      W11: "active",
      "W42 142": "reserved",
      "W9 109": "planned",
    });
  });

  test("are not planned any more where A26 cancels the transfer", () => {
    expect(placesIn("A26")).toMatchObject({ "W1 101": "active", "W9 109": undefined });
  });
});

test("a place of one name in two buildings is two, each the same in the location file", () => {
  const buildings = ["MAIN^2", "ANNEX^7"];
  for (const place of ["3N", "3N^1", "3N^1^A", "^1", "^1^A"]) {
    const ids = buildings.map((building) => {
      const [name = "", room = "", bed = ""] = place.split("^");
      const written = `${name}^${room}^${bed}^LKS^^^${building}`;
      const [inVisit] = locationsIn("ADT^A02", `PV1|1|I|${written}||||||||||||||||1^^^LKS^VN`);
      const [inFile] = locationsIn("MFN^M05", `MFE|MUP|||x|PL\rLOC|${written}|Ward`);
      expect(inFile?.id).toBe(inVisit?.id);
      return inVisit?.id;
    });
    expect(new Set(ids).size).toBe(buildings.length);
  }
});

function locationsIn(type: string, segments: string) {
  const header = `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||${type}|1|T|2.5.1`;
  const patient = type.startsWith("ADT") ? ["PID|1||900001^^^LKS^MR||BEAM^ADA"] : [];
  const lines = [header, ...patient, segments];
  return resourcesOf(mapper.map(read(lines.join("\r")), lakeshore).bundle, "Location");
}

test("the places of a visit that is planned are planned, also where the patient is to wait", () => {
  expect(placesIn("A14")).toMatchObject({ "W1 101": "planned", W11: "planned" });
});

test("a visit that A23 deletes was entered in error", () => {
  expect(visitIn("A23")?.status).toBe("entered-in-error");
});

/** Each place's name and status. */
function placesIn(event: string) {
  const places = visitIn(event)?.location ?? [];
  return Object.fromEntries(places.map(({ location, status }) => [location.display, status]));
}

function visitIn(event: string) {
  const visit: string[] = ["PV1", "1", "I", "W1^101"];
  visit[6] = "W6^106";
  visit[11] = "W11";
  visit[19] = "80000001^^^LKS^VN";
  visit[42] = "W42^142";
  const lines = [
    `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^${event}|1|T|2.5.1`,
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    Array.from(visit, (field) => field ?? "").join("|"),
    "PV2|W9^109",
  ];
  return resourcesOf(mapper.map(read(lines.join("\r")), lakeshore).bundle, "Encounter")[0];
}
