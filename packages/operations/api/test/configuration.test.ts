import { Secret } from "@trestle/base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConfigurationControl } from "../src/index.ts";
import { type Hub, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

const asked: string[] = [];
const problem = {
  file: "trestle.yaml",
  column: 3,
  code: "config.unknownKey",
  text: "No.",
  hint: "",
};
const refused = {
  at: 1_800_000_000_000,
  cause: "request" as const,
  by: "Ada",
  problems: Array.from({ length: 600 }, (_, index) => ({ ...problem, line: index + 1 })),
};
const changes = [3, 2, 1].map((id) => ({
  id,
  revision: `h-${id}`,
  at: id * 1000,
  cause: "watch" as const,
  by: "",
  author: id === 2 ? "Kim" : "",
  files: [
    {
      file: "trestle.yaml",
      change: "changed" as const,
      count: 1,
      of: "settings" as const,
      differences: [{ name: "http.port", before: "8080", after: "8081" }],
    },
  ],
}));

const configuration: ConfigurationControl = {
  refused: () => refused,
  changes: ({ before = Infinity, limit }) =>
    Promise.resolve(changes.filter(({ id }) => id < before).slice(0, limit)),
  reload(by) {
    asked.push(by);
    return Promise.resolve({ outcome: "refused", refused });
  },
};

let hub: Hub;
beforeAll(async () => {
  hub = await openHub({ configuration });
});
afterAll(() => hub.close());

describe("the configuration", () => {
  test("is shown with why a change was refused: all of the count, the first of the problems", async () => {
    const shown = told(routes.getConfiguration, await hub.call("GET", "/api/v1/configuration"));
    expect(shown).toMatchObject({ revision: "a1b2c3", refused: { by: "Ada", count: 600 } });
    expect(shown.refused?.problems).toHaveLength(500);
    const overview = told(routes.getOverview, await hub.call("GET", "/api/v1/overview"));
    expect(overview.sentence).toBe(
      "The changed configuration has 600 problems and was not taken; revision a1b2c3 stays in force.",
    );
    expect(overview.refused?.problems).toHaveLength(20);
  });

  test("lists what came into force, page by page to the last", async () => {
    const first = await hub.call("GET", "/api/v1/configuration?limit=2");
    const { items, next } = told(routes.getConfiguration, first);
    expect(items).toMatchObject([{ revision: "h-3" }, { revision: "h-2", author: "Kim" }]);
    expect(items[0]?.files[0]?.differences).toEqual([
      { name: "http.port", before: "8080", after: "8081" },
    ]);
    const last = await hub.call("GET", `/api/v1/configuration?limit=2&cursor=${next}`);
    expect(last.json).toMatchObject({ items: [{ revision: "h-1" }] });
    expect(last.json).not.toHaveProperty("next");
    expect((await hub.call("GET", "/api/v1/configuration?cursor=!")).status).toBe(400);
  });
});

describe("a reload", () => {
  test("is in the record, with who asked and why, and answers what keeps it from being taken", async () => {
    const body = { reason: "New codes" };
    const reply = await hub.call("POST", "/api/v1/configuration/reload", { body });
    expect(reply).toMatchObject({ status: 200, json: { outcome: "refused" } });
    expect(asked).toEqual(["Operator"]);
    expect(await hub.access.accessRecords(1)).toMatchObject([
      { action: "reloadConfiguration", personId: "operator", reason: "New codes" },
    ]);
  });

  test("is not for the application, which changes nothing here", async () => {
    const token = "application-token-of-forty-three-characters-";
    await hub.access.acceptApplicationToken(new Secret(token), "App");
    const headers = { authorization: `Bearer ${token}` };
    const options = { body: {}, headers, isSignedIn: false };
    const reply = await hub.call("POST", "/api/v1/configuration/reload", options);
    expect(reply).toMatchObject({ status: 403, json: { code: "api.forbidden" } });
    expect(asked).toHaveLength(1);
  });
});
