import { phi, systemClock } from "@trestle/base";
import { type DeliveryId, type NewDelivery, packBody } from "@trestle/journal";
import { sqliteErrors } from "@trestle/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hub, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

describe("messages", () => {
  const purpose = { "trestle-purpose": "troubleshooting" };

  test("are listed newest first, page by page, each once", async () => {
    for (let number = 0; number < 5; number += 1) await hub.message();
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? "" : `&cursor=${cursor}`;
      const page = await hub.call("GET", `/api/v1/messages?limit=2${after}`);
      const { items, next } = told(routes.listMessages, page);
      ids.push(...items.map(({ id }) => id));
      cursor = next;
    } while (cursor !== undefined);
    expect(ids).toEqual(["5", "4", "3", "2", "1"]);
  });

  test("are masked without a purpose and nobody is recorded", async () => {
    await hub.message();
    const reply = await hub.call("GET", "/api/v1/messages/1");
    const { wire, tree, ...shown } = told(routes.getMessage, reply);
    expect(shown).toMatchObject({
      isRevealed: false,
      message: { patient: "urn:id:epi|••••••", outcome: "mapped" },
    });
    expect(wire).toContain("PID|1||••••••^^^•••^•••||••••^•••^••••");
    expect(reply.text).not.toMatch(/Beam|E90001|19800229/u);
    expect(tree.map(({ at }) => at)).toEqual(["MSH", "EVN", "PID", "PV1", "ZPD"]);
    expect(await hub.access.accessRecords(10)).toEqual([]);
  });

  test("are revealed with a purpose, after who looked was recorded", async () => {
    await hub.message();
    const { json } = await hub.call("GET", "/api/v1/messages/1", { headers: purpose });
    expect(json).toMatchObject({
      isRevealed: true,
      isCut: false,
      message: { patient: "urn:id:epi|E90001" },
      wire: expect.stringContaining("Beam^Ada^Test"),
    });
    expect(await hub.access.accessRecords(10)).toMatchObject([
      {
        personId: "operator",
        action: "getMessage",
        subjects: ["message 1"],
        purpose: "troubleshooting",
      },
    ]);
  });

  test("stay closed when the look cannot be recorded", async () => {
    await hub.message();
    hub.access.recordAccess = () => Promise.reject(sqliteErrors.notStored());
    const path = "/api/v1/messages/1/explanation";
    const reply = await hub.call("GET", path, { headers: purpose });
    expect(reply).toMatchObject({ status: 503, json: { code: "sqlite.notStored" } });
    expect(reply.text).not.toMatch(/Beam|E90001/u);
  });

  test("are open where the configuration does not mask, and recorded all the same", async () => {
    const open = await openHub({ maskUntilPurpose: false });
    await open.message();
    const { json } = await open.call("GET", "/api/v1/messages/1");
    expect(json).toMatchObject({ isRevealed: true });
    expect(await open.access.accessRecords(10)).toMatchObject([
      { action: "getMessage", purpose: "" },
    ]);
    await open.close();
  });

  test("are found by patient, and nobody else's", async () => {
    await hub.message();
    const found = await hub.call("POST", "/api/v1/messages/search", {
      body: { patient: "E90001" },
    });
    expect(found.json).toMatchObject({ items: [{ id: "1" }] });
    const byKey = await hub.call("POST", "/api/v1/messages/search", {
      body: { patient: "urn:id:epi|E90001" },
    });
    expect(byKey.json).toMatchObject({ items: [{ id: "1" }] });
    const nobody = await hub.call("POST", "/api/v1/messages/search", { body: { patient: "E9" } });
    expect(nobody.json).toMatchObject({ items: [] });
  });

  test("that wait to be processed can be looked at", async () => {
    await hub.message({}, { isProcessed: false });
    const { json } = await hub.call("GET", "/api/v1/messages/1");
    expect(json).toMatchObject({
      message: { id: "1", outcome: "notProcessed", disposition: "accepted" },
    });
    const overview = await hub.call("GET", "/api/v1/overview");
    expect(overview.json).toMatchObject({ backlog: 1 });
  });

  test("that never became one are shown as they came, masked", async () => {
    const reason = {
      code: "mllp.garbage",
      text: "Bytes came before a frame.",
      hint: "Ask its owner.",
    };
    const raw = phi(new TextEncoder().encode("GET /\u0001 HTTP"));
    await hub.message({
      disposition: "broken",
      answer: "none",
      type: "",
      raw,
      receivedBytes: 99,
      reason,
    });
    const masked = await hub.call("GET", "/api/v1/messages/1");
    expect(masked.json).toMatchObject({
      wire: "••• /␁ ••••",
      isCut: true,
      tree: [],
      message: { reason },
    });
    const open = await hub.call("GET", "/api/v1/messages/1", { headers: purpose });
    expect(open.json).toMatchObject({ wire: "GET /␁ HTTP" });
    const explained = await hub.call("GET", "/api/v1/messages/1/explanation");
    expect(explained.json).toMatchObject({ outcome: "notProcessed", warnings: [reason] });
  });

  test("are explained, masked without a purpose", async () => {
    await hub.message();
    const masked = await hub.call("GET", "/api/v1/messages/1/explanation");
    const shown = told(routes.explainMessage, masked);
    expect(shown).toMatchObject({ isRevealed: false, revision: "a1b2c3", outcome: "mapped" });
    expect(shown.sources).toEqual([{ path: "entry[0].resource.name[0].family", field: "PID-5.1" }]);
    expect(masked.text).not.toMatch(/Beam|E90001/u);
    const open = await hub.call("GET", "/api/v1/messages/1/explanation", { headers: purpose });
    expect(open.json).toMatchObject({
      bundle: { entry: [{ resource: { name: [{ family: "Beam" }] } }, {}] },
    });
  });

  test("are replayed for a reason, which is recorded first", async () => {
    await hub.message();
    const path = "/api/v1/messages/1/replay";
    const short = await hub.call("POST", path, { body: { reason: "because" } });
    expect(short).toMatchObject({ status: 400, json: { issues: [{ at: "body.reason" }] } });
    const done = await hub.call("POST", path, { body: { reason: "the application lost it" } });
    expect(done.json).toEqual({ deliveryIds: [] });
    expect(hub.replayed).toEqual([1]);
    expect(await hub.access.accessRecords(1)).toMatchObject([
      { action: "replayMessage", subjects: ["message 1"], reason: "the application lost it" },
    ]);
  });
});

describe("patients", () => {
  test("are found by name in a body, masked without a purpose", async () => {
    await hub.message();
    const masked = await hub.call("POST", "/api/v1/patients/search", { body: { search: "bea" } });
    expect(masked.json).toMatchObject({
      isRevealed: false,
      items: [{ name: "••••, ••• ••••", sex: "••••••" }],
    });
    const headers = { "trestle-purpose": "patient-care" };
    const open = await hub.call("POST", "/api/v1/patients/search", {
      body: { search: "bea" },
      headers,
    });
    const { items } = told(routes.searchPatients, open);
    expect(items).toMatchObject([
      {
        name: "Beam, Ada Test",
        sex: "female",
        birthDate: "1980-02-29",
        identifiers: [{ system: "urn:id:epi", value: "E90001", type: "EPI" }],
      },
    ]);
    const [line] = await hub.access.accessRecords(1);
    expect(line).toMatchObject({ action: "searchPatients", purpose: "patient-care" });
    expect(line?.subjects).toEqual([`patient ${items[0]?.id}`]);
  });

  test("are shown with each resource and the message it came from", async () => {
    const position = await hub.message();
    const listed = told(routes.listPatients, await hub.call("GET", "/api/v1/patients"));
    const path = `/api/v1/patients/${listed.items[0]?.id}`;
    const masked = await hub.call("GET", path);
    expect(masked.text).not.toMatch(/Beam|E90001|1980/u);
    const open = await hub.call("GET", path, { headers: { "trestle-purpose": "testing" } });
    expect(open.json).toMatchObject({
      isRevealed: true,
      isCut: false,
      patient: { name: "Beam, Ada Test" },
    });
    const { items } = told(routes.getPatient, open);
    expect(items).toMatchObject([
      { resource: { code: { text: "Peanut" } }, messageId: String(position) },
    ]);
  });
});

describe("deliveries", () => {
  const owed: NewDelivery = {
    key: "lakeshore/1/app-webhook",
    destination: "app-webhook",
    lane: phi("urn:id:epi|E90001"),
    body: phi(packBody("{}")),
    isReplay: false,
    createdAt: systemClock.now(),
  };

  async function hold(): Promise<void> {
    const attempt = {
      number: 1,
      startedAt: systemClock.now(),
      durationMs: 38,
      result: "ambiguous",
      detail: "timeout",
    } as const;
    const reason = {
      code: "channels.noAnswer",
      text: "No answer.",
      hint: "Look at the application.",
    };
    await hub.outbox.settle([{ id: 1 as DeliveryId, state: "held", attempt, reason }]);
  }

  test("stand with their message, their attempts and why they are held", async () => {
    await hub.message({}, { deliveries: [owed] });
    await hold();
    const { json, text } = await hub.call("GET", "/api/v1/messages/1");
    expect(json).toMatchObject({
      deliveries: [
        {
          id: "1",
          state: "held",
          reason: { code: "channels.noAnswer" },
          tries: [{ detail: "timeout", durationMs: 38 }],
        },
      ],
    });
    expect(text).not.toContain("E90001");
    const held = await hub.call("GET", "/api/v1/deliveries?state=held&destination=app-webhook");
    expect(held.json).toMatchObject({ items: [{ id: "1" }] });
    const overview = await hub.call("GET", "/api/v1/overview");
    expect(overview.json).toMatchObject({
      state: "held",
      held: 1,
      sentence: "app-webhook: 1 held until a person decides.",
    });
  });

  test("tell their destination when the last of them got through, to the millisecond", async () => {
    await hub.message({}, { deliveries: [owed] });
    const startedAt = Date.now() - 7_654_321;
    const attempt = {
      number: 1,
      startedAt,
      durationMs: 38.5,
      result: "delivered",
      detail: "200",
    } as const;
    await hub.outbox.settle([{ id: 1 as DeliveryId, state: "delivered", attempt }]);
    const { json } = await hub.call("GET", "/api/v1/overview");
    const lastAt = new Date(startedAt + 38).toISOString();
    expect(json).toMatchObject({ destinations: [{ id: "app-webhook", lastAt }] });
  });

  test("are decided for a reason, once", async () => {
    await hub.message({}, { deliveries: [owed] });
    await hold();
    const body = { decision: "cancel", reason: "the application has it already" };
    const done = await hub.call("POST", "/api/v1/deliveries/1/decision", { body });
    expect(done.json).toEqual({ state: "cancelled" });
    const again = await hub.call("POST", "/api/v1/deliveries/1/decision", { body });
    expect(again).toMatchObject({ status: 409, json: { code: "api.notDecidable" } });
    const [, first] = await hub.access.accessRecords(2);
    expect(first).toMatchObject({
      action: "decideDelivery cancel",
      subjects: ["delivery 1"],
      reason: body.reason,
    });
  });
});
