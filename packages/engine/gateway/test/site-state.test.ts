import { FakeClock } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import type { Answer } from "./support/fhir-server.ts";
import { everything, opened } from "./support/opened-gateway.ts";

const metadata = {
  resourceType: "CapabilityStatement",
  fhirVersion: "4.0.1",
  software: { name: "Server", version: "7" },
  rest: [{ mode: "server", resource: [{ type: "Patient", interaction: [{ code: "read" }] }] }],
};

describe("the state of a site", () => {
  test("holds what it can, what it granted, and how it answered", async () => {
    const needs = { scopes: ["system/Patient.rs", "system/Observation.rs"], elements: {} };
    const { gateway, logged } = await opened(
      {
        "/metadata": { body: metadata },
        "/Patient/p1": { body: { resourceType: "Patient", id: "p1" } },
      },
      needs,
    );
    expect(gateway.connections()).toMatchObject([{ token: { state: "none" } }]);
    await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    const state = await gateway.site("lakeshore");
    expect(state).toMatchObject({
      software: "Server 7",
      fhirVersion: "4.0.1",
      capabilities: [{ type: "Patient", interactions: ["read"] }],
      scopes: { missing: ["system/Observation.rs"], surplus: ["system/Binary.rs"] },
      token: { state: "valid" },
    });
    expect(state.requests.count).toBeGreaterThan(0);
    expect(logged.join("\n")).toContain("lakeshore");
    expect(logged.join("\n")).not.toContain("p1");
  });

  test("says when the site said what it can, also where it does not answer any more", async () => {
    const clock = new FakeClock();
    const answers: Record<string, Answer> = { "/metadata": { body: metadata } };
    const { gateway, server } = await opened(answers, everything, { clock });
    const { checkedAt } = await gateway.site("lakeshore");
    clock.advance(240_000);
    expect((await gateway.site("lakeshore")).checkedAt).toBe(checkedAt);
    expect(server.asked).toEqual(["/metadata"]);
    clock.advance(60_000);
    answers["/metadata"] = { status: 503, body: {} };
    const state = await gateway.site("lakeshore");
    expect(state).toMatchObject({ checkedAt, software: "Server 7", problem: {} });
    expect(state.requests.lastFailure).toBe("server");
  });

  test.each([
    {
      what: "an OAuth error",
      answer: { status: 400, body: { error: "invalid_client" } },
      state: "refused",
    },
    { what: "a time of rest", answer: { status: 503, body: {} }, state: "failed" },
    { what: "a page", answer: { status: 403, text: "<html>" }, state: "failed" },
  ])("after $what at sign-in is $state", async ({ answer, state }) => {
    const { gateway } = await opened({ "/metadata": { body: metadata }, "/token": answer });
    const { token, problem, scopes } = await gateway.site("lakeshore");
    expect([token.state, problem?.code.split(".")[0]]).toEqual([state, "smart"]);
    expect(scopes).toEqual({
      needed: ["system/*.rs"],
      requested: ["system/*.rs"],
      granted: [],
      met: [],
      missing: [],
      surplus: [],
      notApproved: [],
    });
  });

  test("counts a right once, in however many ways it is named", async () => {
    const scope = "system/Patient.read system/Patient.r system/Patient.s system/Goal.r";
    const body = { access_token: "abc", token_type: "Bearer", expires_in: 3600, scope };
    const needs = {
      scopes: ["system/Patient.r", "system/Patient.rs", "system/Goal.rs"],
      elements: {},
    };
    const { gateway } = await opened(
      { "/metadata": { body: metadata }, "/token": { body } },
      needs,
    );
    expect((await gateway.site("lakeshore")).scopes).toEqual({
      needed: ["system/Goal.rs", "system/Patient.rs"],
      requested: ["system/Goal.rs", "system/Patient.rs"],
      granted: ["system/Goal.r", "system/Patient.rs"],
      met: ["system/Goal.r", "system/Patient.rs"],
      missing: ["system/Goal.s"],
      surplus: [],
      notApproved: [],
    });
  });

  test("has what a code of its own tells, where its dialect says so", async () => {
    const { gateway } = await opened({});
    expect(gateway.meaningOf("lakeshore", "59159")).toBe("A rule.");
    expect(gateway.meaningOf("lakeshore", "59100")).toBeUndefined();
    expect(gateway.meaningOf("lakeshore", "constructor")).toBeUndefined();
    expect(gateway.meaningOf("riverside", "59159")).toBeUndefined();
  });

  test("tells why it cannot be asked", async () => {
    const { gateway } = await opened({ "/metadata": { status: 404, body: {} } });
    const state = await gateway.site("lakeshore");
    expect(state.problem?.code).toMatch(/^fhir\./u);
    expect(state.capabilities).toEqual([]);
  });
});
