import { inspect } from "node:util";
import { reveal } from "@trestle/base";
import { createMapper } from "@trestle/mapping";
import { describe, expect, test } from "vitest";
import { asReplay, processEntry, stoppedEntry } from "../src/index.ts";
import { entryAt, messageOf, processingOf, refused } from "./invented-entries.ts";

const everything = [{ to: "app", types: ["*"] }];

describe("an accepted entry", () => {
  test("is owed to each route that takes its type, under a key of its own", () => {
    const processing = processingOf([
      { to: "app", types: ["*"] },
      { to: "orders", types: ["ORM"] },
      { to: "archive", types: ["ADT^A08"] },
    ]);
    const { deliveries } = processEntry(processing, entryAt(7));
    expect(deliveries).toMatchObject([
      { key: "lakeshore/7/app", destination: "app", isReplay: false, createdAt: 1_768_500_001_000 },
      { key: "lakeshore/7/archive", destination: "archive" },
    ]);
  });

  test.each([
    [{ inSet: { "PV1-2": "stays" } }, true],
    [{ inSet: { "PV1-2.1": "stays" } }, true],
    [{ inSet: { "PV1-2": "visits" } }, false],
    [{ not: { inSet: { "PV1-2": "visits" } } }, true],
    [{ inSet: { "PV2-2": "stays" } }, false],
    [{ oneOf: { "PV1-2": ["inp"] } }, false],
    [{ oneOf: { "PID-3.5": ["MR"] } }, true],
    [{ any: [{ has: ["PV2-2"] }, { has: ["PID-3"] }] }, true],
    [{ has: ["PID-3"], lacks: ["PV1-2"] }, false],
    [{ has: ["PV1-4"] }, false],
  ])("goes by a route where its condition holds: %j %s", (when, isOwed) => {
    const processing = {
      ...processingOf([{ to: "app", types: ["*"], when }]),
      siteOf: (id: string) => {
        const site = processingOf([]).siteOf(id);
        return site && { ...site, valueSets: { stays: ["inp"], other: ["101"] } };
      },
    };
    const text = `${messageOf("ADT^A08", "c1")}\rPV1|1|INP^Inpatient||""`;
    const { deliveries, facts } = processEntry(processing, entryAt(7, { text }));
    expect(facts.outcome).toMatch(/^mapped/u);
    expect(deliveries).toHaveLength(isOwed ? 1 : 0);
  });

  test("is owed once to a destination that two routes lead to", () => {
    const routes = [
      { to: "app", types: ["ADT"] },
      { to: "app", types: ["*"], when: { has: ["PID-3"] } },
    ];
    expect(processEntry(processingOf(routes), entryAt(7)).deliveries).toHaveLength(1);
  });

  test("has the facts of its reception, and the revision that processed it", () => {
    const processing = processingOf(everything);
    const { facts } = processEntry(processing, entryAt(7));
    const { raw: _raw, remote: _remote, ...received } = entryAt(7);
    expect(facts).toMatchObject({ ...received, revision: "h-processing" });
    expect(facts.outcome).toMatch(/^mapped/u);
    expect(facts.warnings > 0).toBe(facts.outcome === "mappedWithWarnings");
    expect(facts).not.toHaveProperty("raw");
  });

  test("stands in the lane of its patient, others in theirs", () => {
    const processing = processingOf(everything);
    const laneOf = (patient: string, position: number) => {
      const text = messageOf("ADT^A08", `c${position}`, patient);
      const outputs = processEntry(processing, entryAt(position, { text }));
      const lanes = outputs.deliveries.map(({ lane }) => reveal(lane));
      expect(lanes).toEqual([outputs.facts.patientKey && reveal(outputs.facts.patientKey)]);
      return lanes[0];
    };
    expect(laneOf("900001", 1)).toBe(laneOf("900001", 2));
    expect(laneOf("900002", 3)).not.toBe(laneOf("900001", 1));
    expect(laneOf("900002", 3)).toContain("900002");
  });

  test("that names no patient stands in the lane of its channel", () => {
    const processing = processingOf(everything);
    const text = `${head("ADT^A01")}\rPV1|1|I|4W^12^A`;
    const { facts, deliveries } = processEntry(processing, entryAt(7, { text, type: "ADT^A01" }));
    expect(facts).not.toHaveProperty("patientKey");
    expect(deliveries.map(({ lane }) => reveal(lane))).toEqual(["channel adt-in"]);
  });

  test("says what the record learns", () => {
    const { change } = processEntry(processingOf(everything), entryAt(7));
    const prepared = change && reveal(change);
    expect(prepared?.heard).toEqual({
      site: "lakeshore",
      position: 7,
      receivedAt: 1_768_500_000_000,
    });
    expect(prepared?.named?.key.value).toBe("900001");
    expect(prepared?.patient?.resourceType).toBe("Patient");
  });

  test("of a channel without routes owes nothing, and the record still learns", () => {
    const { deliveries, change } = processEntry(
      processingOf(everything),
      entryAt(7, { channel: "quiet" }),
    );
    expect(deliveries).toEqual([]);
    expect(change).toBeDefined();
  });

  test("gives the same when it is processed again, even by another process", () => {
    const once = processEntry(processingOf(everything), entryAt(7));
    const again = processEntry(processingOf(everything), entryAt(7));
    const opened = (outputs: typeof once) =>
      outputs.deliveries.map(({ body, lane, ...facts }) => ({
        ...facts,
        lane: reveal(lane),
        body: reveal(body),
      }));
    expect(opened(again)).toEqual(opened(once));
  });
});

describe("a merge", () => {
  test("tells the record who is no more", () => {
    const text = `${messageOf("ADT^A40", "c1")}\rMRG|900002^^^TH^MR`;
    const merge = entryAt(1, { text, type: "ADT^A40" });
    const { change } = processEntry(processingOf(everything), merge);
    expect(change && reveal(change).mergedNamed?.key.value).toBe("900002");
  });

  test("tells it so of every pair", () => {
    const pairs = ["MRG|900002^^^TH^MR", "PID|||900003^^^TH^MR", "MRG|900004^^^TH^MR"];
    const text = [messageOf("ADT^A40", "c1"), ...pairs].join("\r");
    const merge = entryAt(1, { text, type: "ADT^A40" });
    const { change } = processEntry(processingOf(everything), merge);
    const [other] = (change && reveal(change).others) ?? [];
    expect([other?.named?.key.value, other?.mergedNamed?.key.value]).toEqual(["900003", "900004"]);
  });
});

test("the results of a patient whom a message names by no number are not those of the first", () => {
  const results = ["1", "2"].map((number) => `OBR|1||F${number}^TH|GLU|||20260115`);
  const second = "PID|2||||PIER^EVE";
  const text = [messageOf("ORU^R01", "c1"), results[0], second, results[1]].join("\r");
  const { change } = processEntry(processingOf(everything), entryAt(1, { text, type: "ORU^R01" }));
  const prepared = change && reveal(change);
  const parts = prepared === undefined ? [] : [prepared, ...(prepared.others ?? [])];
  const numbersOf = parts.map(({ named, items }) => ({
    of: named?.key.value,
    reports: items.flatMap(({ text: told }) => /F[12]/u.exec(told) ?? []),
  }));
  expect(numbersOf).toMatchObject([
    { of: "900001", reports: ["F1"] },
    { of: undefined, reports: ["F2"] },
  ]);
});

describe("an entry without a result", () => {
  test.each(["refused", "broken"] as const)(
    "%s, is a fact under the revision that did so",
    (as) => {
      const processing = processingOf(everything);
      const outputs = processEntry(processing, entryAt(3, refused(as)));
      expect(outputs).toMatchObject({
        facts: {
          disposition: as,
          outcome: "notProcessed",
          revision: "h-received",
          reason: { code: "x.y" },
        },
        deliveries: [],
      });
      expect(outputs.change).toBeUndefined();
    },
  );

  test.each([
    {
      why: "its type has no mapping",
      change: { text: `${head("ZZZ^Z01")}\rZZZ|1`, type: "ZZZ^Z01" },
      outcome: "notMapped",
      code: undefined,
    },
    {
      why: "it cannot be read",
      change: { text: "not HL7" },
      outcome: "failed",
      code: "hl7v2.noHeader",
    },
    {
      why: "its site is gone",
      change: { site: "gone" },
      outcome: "failed",
      code: "channels.siteGone",
    },
  ])("because $why, is a fact, owes nothing and changes nothing", ({ change, outcome, code }) => {
    const processing = processingOf(everything);
    const outputs = processEntry(processing, entryAt(3, change));
    const { facts, deliveries } = outputs;
    expect(facts.outcome).toBe(outcome);
    expect(facts.reason?.code).toBe(code);
    expect(deliveries).toEqual([]);
    expect(outputs.change).toBeUndefined();
  });

  test("because it has more than it may have now, says which limit, and is mapped once it is raised", () => {
    const processing = processingOf(everything);
    const limits = { ...processing.limits, settingPlace: "in a file", maxSegments: 1 };
    const { facts } = processEntry({ ...processing, limits }, entryAt(3));
    expect(facts.reason?.code).toBe("hl7v2.tooManySegments");
    expect(facts.reason?.hint).toContain("Raise maxSegments (in a file)");
    expect(processEntry(processing, entryAt(3)).facts.outcome).toMatch(/^mapped/u);
  });

  test("because the mapping broke, says so without a word of the message", () => {
    const broken = {
      ...createMapper(),
      map: () => {
        throw new RangeError("KEEP-THIS-INSIDE");
      },
    };
    const { facts, deliveries } = processEntry(processingOf(everything, broken), entryAt(3));
    expect(facts).toMatchObject({ outcome: "failed", reason: { code: "channels.mappingBroke" } });
    expect(facts.reason?.text).toContain("RangeError");
    expect(inspect(facts)).not.toContain("KEEP");
    expect(deliveries).toEqual([]);
  });

  test("because its mapping was ended, says which limits there are", () => {
    const { facts, deliveries } = stoppedEntry("h-processing", entryAt(3));
    expect(facts).toMatchObject({
      position: 3,
      outcome: "failed",
      revision: "h-processing",
      reason: { code: "channels.mappingStopped" },
    });
    expect(deliveries).toEqual([]);
  });
});

describe("a replay", () => {
  test("owes the same results under new keys, each time others", () => {
    const { deliveries } = processEntry(processingOf(everything), entryAt(7));
    const [body] = deliveries.map((delivery) => delivery.body);
    expect(asReplay(deliveries, "r1")).toMatchObject([
      { key: "lakeshore/7/app/replay/r1", isReplay: true, destination: "app", body },
    ]);
    expect(asReplay(deliveries, "r2")[0]?.key).toBe("lakeshore/7/app/replay/r2");
  });
});

test("nothing of a patient is printed with what an entry gives", () => {
  const processing = processingOf(everything);
  const outputs = processEntry(processing, entryAt(7));
  const printed = inspect(outputs, { depth: null }) + JSON.stringify(outputs);
  for (const value of ["900001", "Beam", "1980"]) expect(printed).not.toContain(value);
});

function head(type: string): string {
  return messageOf(type, "c1").split("\r")[0] ?? "";
}
