import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepKinds } from "../src/life/pathway.ts";
import { impossibilities } from "./support/chart-reader.ts";
import { firstMessages, parsed, pathway, rawFields } from "./support/hospital.ts";

describe("the life of a patient", () => {
  test.each([1, 2, 3])("of seed %i goes in an order that can be", (seed) => {
    const messages = firstMessages({ seed, count: 4000, patients: 80 }).map(parsed);
    expect(impossibilities(messages)).toEqual([]);
  });

  test("goes in an order that can be, whatever the pathways say", () => {
    const step = fc.record({
      do: fc.constantFrom(...stepKinds),
      after: fc.constantFrom("0m", "0m..1m", "1h..3d"),
      times: fc.integer({ min: 1, max: 3 }),
    });
    const pathways = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(), pathways, (seed, drawn) => {
        const always = pathway({ do: "update", after: "1h" });
        const lives = [always, ...drawn.map((steps) => pathway(...steps))];
        const messages = firstMessages({ seed, count: 300, patients: 4, pathways: lives });
        expect(impossibilities(messages.map(parsed))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { without: "ADT^A28", says: "nobody registered this patient" },
    { without: "ADT^A04", says: "no such open visit" },
    { without: "ADT^A01", says: "not admitted" },
    { without: "ADT^A03", says: "another visit is open" },
    { without: "ORM^O01", says: "nobody ordered" },
    { without: "SIU^S12", says: "no such booking" },
  ])("would be found impossible without its $without", ({ without, says }) => {
    const messages = firstMessages({ count: 2000, patients: 40 });
    const left = messages.filter(({ type }) => type !== without).map(parsed);
    expect(impossibilities(left).join("\n")).toContain(says);
  });

  test("would be found impossible in the reverse order", () => {
    const messages = firstMessages({ count: 300 }).map(parsed).toReversed();
    expect(impossibilities(messages).length).toBeGreaterThan(100);
  });

  test("has no admission cancelled that an emergency led to: the visit goes on", () => {
    const always = { chance: 1, after: "1m" };
    const life = pathway(
      { do: "arrive in emergency", ...always },
      { do: "admit", ...always },
      { do: "cancel admit", ...always },
      { do: "discharge", ...always },
    );
    const messages = firstMessages({ count: 100, patients: 3, pathways: [life] }).map(parsed);
    expect(impossibilities(messages)).toEqual([]);
    const types = messages.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(["ADT^A28", "ADT^A04", "ADT^A01", "ADT^A03"]));
  });

  test("begins with registrations, and other things happen before all are registered", () => {
    const types = firstMessages({ count: 300 }).map(({ type }) => type);
    expect(types[0]).toBe("ADT^A28");
    expect(new Set(types.slice(0, 150)).size).toBeGreaterThan(8);
  });

  test("has appointments while the clinic is open", () => {
    const booked = firstMessages({ count: 3000 }).filter(({ type }) => type === "SIU^S12");
    const times = booked.map(({ text }) => rawFields(text, "SCH")[11]?.split("^")[3] ?? "");
    expect(times.length).toBeGreaterThan(100);
    expect(times.filter((time) => !/^\d{8}(?:08|09|1[0-6])(?:00|15|30|45)00$/u.test(time))).toEqual(
      [],
    );
  });
});

describe("the population", () => {
  const people = firstMessages({ count: 4000 })
    .filter(({ type }) => type === "ADT^A28")
    .map(({ text }) => rawFields(text, "PID"));
  const charts = new Set(people.map((fields) => fields[3]));

  test("is as large as asked for, each with numbers of their own", () => {
    const ofPopulation = [...charts].filter((chart) => /~9\d{5}\^/u.test(chart ?? ""));
    expect(ofPopulation.length).toBe(200);
  });

  test("gives a second chart a number that no patient can have", () => {
    const seconds = [...charts].filter((chart) => !/~9\d{5}\^/u.test(chart ?? ""));
    expect(seconds.length).toBeGreaterThan(5);
    for (const chart of seconds)
      expect(chart).toMatch(/^E2\d{6}\^\^\^EPI\^EPI~2\d{6}\^\^\^TH\^MR$/u);
  });

  test("has telephone numbers and addresses of mail that are kept for fiction", () => {
    for (const fields of people) {
      expect(fields[13]).toMatch(
        /^\(608\)555-01\d\d\^P\^PH\^\^\^608\^55501\d\d(?:~\^NET\^Internet\^person\d+@example\.com)?$/u,
      );
    }
  });

  test("is of age", () => {
    for (const fields of people) expect(fields[7]).toMatch(/^(?:19[3-9]\d|200[0-5])\d{4}$/u);
  });
});
