import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Hub, createLog, startHub } from "../src/index.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

// Production that goes on as it was approved while the folder moves, asked by the API.

let folder: SmallIntegration;
let hub: Hub;

afterEach(async () => {
  await hub.stop();
  folder.remove();
});

async function start(settings = settingsWith()): Promise<void> {
  const loaded = await folder.load(settings);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  const { integration } = loaded;
  hub = await startHub({ integration, data: folder.data, log: createLog("silent") });
}

function write(file: string, text: string): void {
  writeFileSync(join(folder.path, "integration", file), text);
}

async function ask(path: string, body?: object) {
  const token = readFileSync(join(folder.data, "operator.token"), "utf8").trim();
  const reply = await fetch(`${hub.url}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await reply.json()) as {
    revision: string;
    outcome?: string;
    waiting?: { from: string; to: string; groups: object[] };
  };
}

const reload = () => ask("/configuration/reload", {});
const shown = () => ask("/sites/harbor/promotion");

async function approve() {
  const { waiting } = await shown();
  const body = { from: waiting?.from, to: waiting?.to, reason: "Tested for a week" };
  return ask("/sites/harbor/promotions", body);
}

const channel = `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: app
`;

const siteWith = (production: string, zone = "America/Chicago") => `title: Harbor Health
timeZone: ${zone}
environments:
  nonproduction:
    feeds:
      - listener: hospital
        sendingFacilities: [TST]
        channels: [all-in]
  production:
    feeds:
      - listener: hospital
        sendingFacilities: [PRD]
        channels: [${production}]
`;

test("a folder that takes away what approved production needs is refused, until production moved away from it", async () => {
  folder = smallIntegration({
    "sites/harbor/site.yaml": siteWith("old-in"),
    "channels/old-in.yaml": channel,
  });
  await start();
  write("sites/harbor/site.yaml", siteWith("all-in"));
  unlinkSync(join(folder.path, "integration/channels/old-in.yaml"));
  expect(await reload()).toMatchObject({
    outcome: "refused",
    revision: hub.revision,
    refused: {
      problems: [
        {
          file: "sites/harbor/site.yaml",
          code: "integration.unknownChannel",
          text: expect.stringContaining(`As approved for production at ${hub.revision}`),
        },
      ],
    },
  });
  write("channels/old-in.yaml", channel);
  expect(await reload()).toMatchObject({ outcome: "applied" });
  const { waiting } = await shown();
  expect(waiting?.groups).toEqual([{ group: "settings", added: 0, removed: 0, changed: 1 }]);
  expect(await approve()).toMatchObject({ outcome: "approved" });
  unlinkSync(join(folder.path, "integration/channels/old-in.yaml"));
  expect(await reload()).toMatchObject({ outcome: "applied" });
  expect(await shown()).not.toHaveProperty("waiting");
  expect(await ask("/sites/harbor/promotions", { from: "", to: "", reason: "Once again" })).toEqual(
    expect.objectContaining({ code: "hub.promotionMoved" }),
  );
});

test("where nobody is asked, production follows the folder; once somebody is, what was in force then counts", async () => {
  folder = smallIntegration({ "sites/harbor/site.yaml": siteWith("all-in") });
  await start();
  await hub.stop();
  const unasked = `${settingsWith()}promotion:\n  required: false\n`;
  write("sites/harbor/site.yaml", siteWith("all-in", "America/Denver"));
  await start(unasked);
  expect(await shown()).toMatchObject({ isRequired: false });
  expect(await shown()).not.toHaveProperty("waiting");
  await hub.stop();
  // Not what was approved before nobody was asked any more.
  await start();
  expect(await shown()).toMatchObject({ isRequired: true, approved: hub.revision });
  expect(await shown()).not.toHaveProperty("waiting");
});
