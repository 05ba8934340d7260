import { parseMessage } from "@trestle/hl7v2";
import { createMapper } from "@trestle/mapping";
import { afterAll, describe, expect, test } from "vitest";
import { addressOf, feedFinder } from "../src/index.ts";
import { siteMapper } from "../src/mapping.ts";
import { integrationIn, small, smallFolder } from "./folder.ts";

const site = small["sites/harbor/site.yaml"];
const folder = smallFolder({
  "channels/a08-in.yaml": `title: Updates
source: { type: mllp, listener: east }
accepts: [ADT^A08]
routes: []
`,
  "sites/harbor/site.yaml": `${site}          - a08-in\n`,
  "sites/meadow/site.yaml": site
    .replace("Harbor", "Meadow")
    .replace("          - rest-in\n", "        sendingFacilities: [MEADOW, MW]\n"),
});
afterAll(() => folder.remove());
const integration = await integrationIn(folder.path);
const find = feedFinder(integration);

test.each([
  { facility: "ANY", type: "ADT^A01", site: "harbor", channel: "adt-in" },
  { facility: "ANY", type: "ADT^A08", site: "harbor", channel: "a08-in" },
  { facility: "ANY", type: "ORU^R01", site: "harbor", channel: "rest-in" },
  { facility: "", type: "ADT^A01", site: "harbor", channel: "adt-in" },
  { facility: "MW", type: "ADT^A08", site: "meadow", channel: "adt-in" },
])("$type from “$facility” is for $channel of $site", ({ facility, type, site, channel }) => {
  const sender = { listener: "east", sendingFacility: facility, type };
  // The second answer is a remembered one.
  expect([find(sender), find(sender)]).toMatchObject(
    Array.from({ length: 2 }, () => ({ ok: true, value: { site, channel } })),
  );
});

test.each([
  {
    sender: { listener: "west", sendingFacility: "MW", type: "ADT^A01" },
    code: "integration.senderNotKnown",
    at: "MSH-4",
    text: "No site is known for this sending facility (MSH-4) on this listener.",
  },
  {
    sender: { listener: "east", sendingFacility: "MW", type: "ORU^R01" },
    code: "integration.typeNotTaken",
    at: "MSH-9",
    text: "No channel of this site takes ORU^R01.",
  },
  {
    sender: { listener: "east", sendingFacility: "MW", type: "Doe^Jane" },
    code: "integration.typeNotTaken",
    at: "MSH-9",
    text: "No channel of this site takes this message type.",
  },
])("$code says what to do and shows no more than a type", ({ sender, code, at, text }) => {
  expect(find(sender)).toMatchObject({ ok: false, problem: { code, at, text } });
});

test("what is remembered of one sender answers no other", () => {
  const found = [
    find({ listener: "east", sendingFacility: "MW X", type: "ADT^A01" }),
    find({ listener: "east", sendingFacility: "MW", type: "X ADT^A01" }),
  ];
  expect(found.map(({ ok }) => ok)).toEqual([true, false]);
});

describe("a message that is mapped for a site, on no listener,", () => {
  const notTakenAt = (site: string, { facility, type }: { facility: string; type: string }) => {
    const read = parseMessage(`MSH|^~\\&|S|${facility}|||2026||${type}|1|P|2.5\r`);
    const of = integration.sites.get(site);
    if (!read.ok || of === undefined) throw new TypeError("there is no such message or site");
    const message = read.value;
    const { notTaken } = siteMapper(createMapper(), { integration, site: of, message });
    return { notTaken: notTaken?.code, hub: find({ listener: "east", ...addressOf(message) }) };
  };

  test.each([
    { facility: "MW", type: "ADT^A08", site: "meadow", why: undefined },
    { facility: "MW", type: "ORU^R01", site: "meadow", why: "integration.typeNotTaken" },
    { facility: "MW", type: "ADT^A08", site: "harbor", why: "integration.senderOfNoFeed" },
    { facility: "ANY", type: "ADT^A08", site: "harbor", why: undefined },
    { facility: "ANY", type: "ADT^A08", site: "meadow", why: "integration.senderOfNoFeed" },
    { facility: "", type: "ADT^A08", site: "meadow", why: "integration.senderOfNoFeed" },
  ])("$type from “$facility” for $site, is taken as by a hub: $why", ({ site, why, ...sender }) => {
    const { notTaken, hub } = notTakenAt(site, sender);
    expect(notTaken).toBe(why);
    expect(hub.ok && hub.value.site === site).toBe(why === undefined);
  });
});
