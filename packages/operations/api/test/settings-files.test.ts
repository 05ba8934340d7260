import { Secret } from "@trestle/base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "./hub-fixture.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub.close());

const changes = "/api/v1/settings-files/changes";
const asked = {
  path: "sites/lakeshore/site.yaml",
  hash: "abc",
  edits: [{ type: "set", at: ["title"], value: "Lakeshore" }],
  note: "The hospital renamed itself.",
};

test("a change is in the access record, with who, what and why, before anything is made", async () => {
  const { json } = await hub.call("POST", changes, { body: asked });
  expect(json).toMatchObject({ problems: [], patch: "--- a" });
  expect(hub.edited.at(-1)).toMatchObject({ as: "patch", person: { role: "operator" } });
  expect((await hub.access.accessRecords(1))[0]).toMatchObject({
    action: "changeSettings patch",
    subjects: ["file sites/lakeshore/site.yaml"],
    reason: "The hospital renamed itself.",
  });
});

test.each([
  ["without edits", { edits: [] }],
  ["of the file as a whole", { edits: [{ type: "set", at: [], value: {} }] }],
  ["of an unknown kind", { edits: [{ type: "move", at: ["a"] }] }],
  ["with a line break in its note", { note: "a\nb" }],
  ["with more than 1,000 edits", { edits: Array.from({ length: 1001 }, () => asked.edits[0]) }],
])("a change %s is refused, and nothing is made", async (_, wrong) => {
  const before = hub.edited.length;
  const { status } = await hub.call("POST", changes, { body: { ...asked, ...wrong } });
  expect([status, hub.edited.length]).toEqual([400, before]);
});

test("the application may neither read settings nor change them", async () => {
  const token = "application-token-of-32-characters";
  await hub.access.acceptApplicationToken(new Secret(token), "Application");
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await hub.call(method, path, { body, headers, isSignedIn: false });
    return status;
  };
  expect(await call("POST", changes, asked)).toBe(403);
  expect(await call("GET", "/api/v1/settings-files")).toBe(403);
  expect(await call("GET", "/api/v1/settings-files/content?path=trestle.yaml")).toBe(403);
});
