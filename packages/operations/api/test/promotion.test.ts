import { Secret } from "@trestle/base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PromotionAsked, PromotionControl } from "../src/index.ts";
import { type Hub, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

const asked: PromotionAsked[] = [];
const site = "lakeshore";
const row = (number: number) =>
  ({
    group: "tables/observation-code",
    name: `L${number}`,
    change: number % 2 === 0 ? "added" : "changed",
    after: "http://loinc.org 718-7",
  }) as const;

const promotions: PromotionControl = {
  isRequired: () => true,
  approved: () => "a",
  waiting: () => [
    {
      site,
      from: "a",
      to: "b",
      differences: Array.from({ length: 501 }, (_, index) => row(index)),
    },
  ],
  list: ({ before = 4, limit }) =>
    Promise.resolve(
      [3, 2, 1]
        .filter((id) => id < before)
        .slice(0, limit)
        .map((id) => ({
          id,
          site,
          cause: id === 1 ? "demanded" : "approved",
          from: "",
          to: `r${id}`,
          at: id * 1000,
          by: id === 1 ? "" : "Kim",
          reason: "",
          groups: [],
        })),
    ),
  approve(wanted) {
    asked.push(wanted);
    return Promise.resolve({ outcome: "refused", problems: [problem] });
  },
};
const problem = { file: "f", line: 1, column: 1, code: "c.d", text: "No.", hint: "Yes." };

let hub: Hub;
beforeAll(async () => {
  hub = await openHub({ promotions });
});
afterAll(() => hub.close());

const path = `/api/v1/sites/${site}`;
const reason = "Tested by the laboratory";

describe("what waits for approval", () => {
  test("is counted by group where the configuration is shown, and listed at the site", async () => {
    const counts = {
      count: 501,
      groups: [{ group: "tables/observation-code", added: 251, removed: 0, changed: 250 }],
    };
    const all = await hub.call("GET", "/api/v1/configuration");
    expect(all.json).toMatchObject({ waiting: [{ site, from: "a", to: "b", ...counts }] });
    const first = await hub.call("GET", `${path}/promotion?limit=2`);
    const { waiting, items, next, ...more } = told(routes.getPromotion, first);
    expect(more).toMatchObject({ approved: "a", isRequired: true });
    expect(waiting).toMatchObject(counts);
    expect(waiting?.differences).toHaveLength(500);
    expect(items).toMatchObject([
      { to: "r3", by: "Kim" },
      { to: "r2", by: "Kim" },
    ]);
    const { json: rest } = await hub.call("GET", `${path}/promotion?limit=2&cursor=${next}`);
    expect(rest).toMatchObject({ items: [{ to: "r1", cause: "demanded" }] });
    expect(rest).not.toHaveProperty("next");
  });

  test("is told by the overview", async () => {
    const { json } = await hub.call("GET", "/api/v1/overview");
    const { sites, sentence } = told(routes.getOverview, { json });
    expect(sites).toMatchObject([{ id: site, waitingDifferences: 501 }]);
    expect(sentence).toMatch(/^Production of .* waits for approval; /u);
  });

  test("is approved by who may and says why, as the very change that was shown", async () => {
    const body = { from: "a", to: "b", reason };
    const { json } = await hub.call("POST", `${path}/promotions`, { body });
    expect(json).toEqual({ outcome: "refused", problems: [problem] });
    expect(asked).toEqual([{ site, ...body, by: "Operator" }]);
    const [record] = await hub.access.accessRecords(1);
    expect(record).toMatchObject({ action: "approvePromotion", subjects: [site], reason });
    const silent = await hub.call("POST", `${path}/promotions`, {
      body: { ...body, reason: "ok" },
    });
    expect(silent.status).toBe(400);
  });

  test("is not approved by the application, which has no such permission", async () => {
    const token = "application-token-of-forty-three-characters-";
    await hub.access.acceptApplicationToken(new Secret(token), "App");
    const body = { from: "a", to: "b", reason };
    const headers = { authorization: `Bearer ${token}` };
    const reply = await hub.call("POST", `${path}/promotions`, {
      body,
      headers,
      isSignedIn: false,
    });
    expect(reply.status).toBe(403);
    expect(asked).toHaveLength(1);
  });

  test("of a site that nobody knows is not found", async () => {
    expect((await hub.call("GET", "/api/v1/sites/nowhere/promotion")).status).toBe(404);
  });
});
