import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import type { FhirAnswer, Gateway, Needs } from "../src/index.ts";
import {
  bundleOf,
  everything,
  idsIn,
  opened,
  page,
  patient,
  result,
  search,
} from "./support/opened-gateway.ts";

test("what is known to be missing at a site is told with each answer about the type", async () => {
  const { gateway } = await opened({
    "/CareTeam?patient=p1": page([{ resourceType: "CareTeam", id: "c1" }]),
    "/Observation?patient=p1": page([result("o1", "laboratory")]),
  });
  const { notices } = await search(gateway, "CareTeam?patient=p1");
  expect(notices).toEqual([
    expect.objectContaining({
      kind: "siteQuirk",
      code: "no-inpatient",
      mayMiss: true,
      text: "Some are missing.",
    }),
  ]);
  expect((await search(gateway, "Observation?patient=p1")).notices).toEqual([]);
});

describe("searching", () => {
  test("goes from page to page by cursors that say nothing, to the last", async () => {
    const { gateway } = await opened({
      "/Observation?patient=p1": page([result("o1", "a")], "Observation?session=1"),
      "/Observation?session=1": page([], "Observation?session=2"),
      "/Observation?session=2": page([result("o2", "a")]),
    });
    const pages: FhirAnswer[] = [];
    const found = await allIds(gateway, "patient=p1", (each) => pages.push(each));
    expect(found).toEqual(["o1", "o2"]);
    expect(pages).toHaveLength(3);
    for (const each of pages) expect(bundleOf(each)).not.toHaveProperty("total");
  });

  test("tells which needed scopes its requests stood for, once for a search of many pages", async () => {
    const needs = {
      scopes: ["system/Patient.rs", "system/Observation.s?category=laboratory"],
      elements: {},
    };
    const { gateway, used } = await opened(
      {
        "/Observation?patient=p1&category=laboratory": page([], "Observation?session=1"),
        "/Observation?session=1": page([]),
        "/Patient/p1": { body: patient },
      },
      needs,
    );
    await allIds(gateway, "patient=p1", () => {});
    await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    await expect(search(gateway, "Task?patient=p1")).rejects.toThrow();
    expect(used).toEqual([
      {
        site: "lakeshore",
        scope: "system/Observation.s?category=laboratory",
        isRefused: false,
      },
      { site: "lakeshore", scope: "system/Patient.rs", isRefused: false },
    ]);
  });

  test("gives a page behind another to nobody but who began the search", async () => {
    const { gateway } = await opened({
      "/Observation?patient=p1": page([result("o1", "a")], "Observation?session=1"),
      "/Observation?session=1": page([result("o2", "a")]),
    });
    const first = await search(gateway, "Observation?patient=p1", "ada");
    const next = nextOf(first);
    const other = search(gateway, next, "application");
    await expect(other).rejects.toMatchObject({ code: "gateway.cursorUnknown" });
    expect(idsIn(await search(gateway, next, "ada"))).toEqual(["o2"]);
  });

  test("ends the search unused longest where the site lets no more be open", async () => {
    const answers = {
      "/Observation?code=a": page([result("o1", "a")], "Observation?session=1"),
      "/Observation?code=b": page([result("o2", "a")], "Observation?session=2"),
      "/Observation?session=2": page([result("o3", "a")]),
    };
    const { gateway } = await opened(answers, everything, { maxOpenSearches: 1 });
    const older = await search(gateway, "Observation?code=a");
    const newer = await search(gateway, "Observation?code=b");
    await expect(search(gateway, nextOf(older))).rejects.toMatchObject({
      code: "gateway.cursorUnknown",
    });
    expect(idsIn(await search(gateway, nextOf(newer)))).toEqual(["o3"]);
  });

  test("leaves out what the site gives beyond a granular scope, page by page", async () => {
    const needs = { scopes: ["system/Observation.s?category=laboratory"], elements: {} };
    const { gateway, server } = await opened(
      {
        "/Observation?patient=p1&category=laboratory": page([
          result("o1", "laboratory"),
          result("o2", "vital-signs"),
        ]),
      },
      needs,
    );
    expect(idsIn(await search(gateway, "Observation?patient=p1"))).toEqual(["o1"]);
    expect(server.asked).toEqual(["/Observation?patient=p1&category=laboratory"]);
  });

  test("takes a match of another type for what came along", async () => {
    const needs = { scopes: ["system/Observation.rs"], elements: {} };
    const answers = { "/Observation?patient=p1": page([patient, result("o1", "a")]) };
    const { gateway } = await opened(answers, needs);
    const answer = await search(gateway, "Observation?patient=p1");
    expect(idsIn(answer)).toEqual(["o1"]);
    expect(reveal(answer.json)).not.toContain("Beam");
  });

  const twoCategories: Needs = {
    scopes: ["system/Observation.s?category=laboratory", "system/Observation.s?category=survey"],
    elements: {},
  };
  const refusal = {
    status: 403,
    body: { resourceType: "OperationOutcome", issue: [{ severity: "fatal", code: "forbidden" }] },
  };

  test("gives once what belongs to several granular scopes", async () => {
    const { gateway } = await opened(
      {
        "/Observation?category=laboratory": page([result("o1", "laboratory", "survey")]),
        "/Observation?category=survey": page([
          result("o1", "laboratory", "survey"),
          result("o2", "survey"),
        ]),
      },
      twoCategories,
    );
    expect(await allIds(gateway, "")).toEqual(["o1", "o2"]);
  });

  test.each([
    { refused: "laboratory", given: ["o2"] },
    { refused: "survey", given: ["o1"] },
  ])("goes on where $refused alone is refused, and says so", async ({ refused, given }) => {
    const { gateway } = await opened(
      {
        "/Observation?category=laboratory": page([result("o1", "laboratory")]),
        "/Observation?category=survey": page([result("o2", "survey")]),
        [`/Observation?category=${refused}`]: refusal,
      },
      twoCategories,
    );
    const told: unknown[] = [];
    expect(await allIds(gateway, "", (answer) => told.push(...answer.notices))).toEqual(given);
    expect(told).toMatchObject([{ mayMiss: true, part: `category=${refused}` }]);
  });

  test("fails where every part is refused", async () => {
    const { gateway } = await opened(
      { "/Observation?category=laboratory": refusal, "/Observation?category=survey": refusal },
      twoCategories,
    );
    const asked = allIds(gateway, "");
    await expect(asked).rejects.toMatchObject({ code: "fhir.userNotPermitted" });
  });

  test("gives what came along only where it may be read too", async () => {
    const bundle = {
      resourceType: "Bundle",
      type: "searchset",
      entry: [
        { resource: result("o1", "a"), search: { mode: "match" } },
        { resource: patient, search: { mode: "include" } },
      ],
    };
    const query = "_include=Observation:patient";
    const path = `/Observation?${new URLSearchParams(query).toString()}`;
    const needs = { scopes: ["system/Observation.rs"], elements: {} };
    const { gateway } = await opened({ [path]: { body: bundle } }, needs);
    expect(idsIn(await search(gateway, `Observation?${query}`))).toEqual(["o1"]);
  });

  test("gives the elements that are asked for, and asks the site for whole resources", async () => {
    const body = { ...result("o1", "laboratory"), subject: { reference: "Patient/p1" } };
    const asked = "/Observation?patient=p1&category=laboratory";
    const needs = {
      scopes: ["system/Observation.s?category=laboratory"],
      elements: { Observation: ["subject", "category"] },
    };
    const { gateway, server } = await opened({ [asked]: page([body]) }, needs);
    const query = "Observation?patient=p1&_elements=subject,value&_format=json&_summary=false";
    const answer = await search(gateway, query);
    expect(server.asked).toEqual([asked]);
    const names = Object.keys(bundleOf(answer).entry?.[0]?.resource ?? {});
    expect(names).toEqual(["resourceType", "id", "status", "subject", "meta"]);
    expect(answer.subjects).toHaveLength(2);
  });

  test.each(["_summary=count", "_summary=true", "_format=application/fhir%2Bxml"])(
    "tells that %s is not served, and asks no site",
    async (parameter) => {
      const { gateway, server } = await opened({});
      const failure: unknown = await search(gateway, `Patient?${parameter}`).catch(
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: "gateway.parameterNotServed" });
      expect(gateway.failureStatus(failure)).toBe(400);
      expect(server.asked).toEqual([]);
    },
  );

  test("takes a type that is written otherwise for none", async () => {
    const needs = { scopes: ["system/*.rs"], elements: { Patient: ["name"] } };
    const { gateway, server } = await opened({}, needs);
    const asked = search(gateway, "PATIENT?telecom=555-0100");
    await expect(asked).rejects.toMatchObject({ code: "gateway.unknownType" });
    expect(server.asked).toEqual([]);
  });

  test("tells what the site remarks beside what it found", async () => {
    const issue = [{ severity: "warning", code: "suppressed" }];
    const outcome = { resource: { resourceType: "OperationOutcome", issue } };
    const body = { resourceType: "Bundle", type: "searchset", total: 0, entry: [outcome] };
    const { gateway } = await opened({ "/Condition?patient=p1": { body } });
    const answer = await search(gateway, "Condition?patient=p1");
    expect(answer.notices).toMatchObject([{ kind: "userLacksAccess", mayMiss: true }]);
    expect(bundleOf(answer).entry).toMatchObject([
      { resource: { resourceType: "OperationOutcome" }, search: { mode: "outcome" } },
    ]);
  });
});

function nextOf(answer: FhirAnswer): string {
  return bundleOf(answer).link?.[0]?.url.split("/").at(-1) ?? "";
}

/** Ids of the Observations of all pages, read by their cursors. */
async function allIds(
  gateway: Gateway,
  query: string,
  look: (answer: FhirAnswer) => void = () => {},
): Promise<unknown[]> {
  const found: unknown[] = [];
  let next: string | undefined = `Observation?${query}`;
  for (let pages = 0; next !== undefined && pages < 9; pages += 1) {
    if (pages > 0)
      expect(next).toMatch(/^\/api\/v1\/sites\/lakeshore\/fhir\/\w+\?_cursor=[\w-]{43}$/u);
    const answer: FhirAnswer = await search(gateway, next.split("/").at(-1) ?? "");
    look(answer);
    for (const { resource, search: how } of bundleOf(answer).entry ?? []) {
      if (how?.mode === "match") found.push(resource?.id);
    }
    next = bundleOf(answer).link?.[0]?.url;
  }
  return found;
}
