import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "@trestle/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { codesFolder, git, harborTable, observationsOf } from "../support/code-decisions-folder.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import type { IntegrationFolder } from "../support/integration-folder.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { startReceiver } from "../support/receiver.ts";

interface Decided {
  readonly problems: readonly { decision?: number; code: string; at?: string }[];
  readonly remarks: readonly { decision?: number; code: string }[];
  readonly files: readonly { path: string; isNew: boolean; rows: number }[];
  readonly patch?: string;
  readonly commit?: string;
  readonly whyNoCommit?: { code: string };
}

/** A hub that heard of NAX, KAX and MISC at harbor, and has no rows for them. */
interface Deciding {
  readonly hub: HubProcess;
  readonly folder: IntegrationFolder;
  /** Takes back what a test did to the folder. */
  restore(): void;
}

let patching: Deciding;
let committing: Deciding;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  patching = await start({ commitToGit: false });
  committing = await start({ commitToGit: true });
});
afterEach(() => {
  patching.restore();
  committing.restore();
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function start(options: { commitToGit: boolean }): Promise<Deciding> {
  const receiver = await startReceiver();
  const folder = codesFolder(receiver.url, options);
  const first = git(folder, "rev-parse", "HEAD");
  ends.push(
    () => folder.remove(),
    () => receiver.stop(),
  );
  const hub = await startHubProcess(folder);
  const peer = await connectPeer(hub.mllpPort);
  ends.push(
    () => hub.stop(),
    () => peer.close(),
  );
  await peer.send(observationsOf("M1", ["NAX", "KAX", "MISC", "GLUC"]));
  const seen = async () => {
    const path = "/api/v1/unmapped-codes?site=harbor&table=observation-code";
    const { items } = await hub.ask<{ items: { local: string }[] }>(path);
    return items.map(({ local }) => local);
  };
  await eventually("its codes are counted", async () => (await seen()).length >= 3);
  const restore = () => {
    git(folder, "reset", "-q", "--hard", first);
    git(folder, "clean", "-qfd");
  };
  return { hub, folder, restore };
}

function decide(hub: HubProcess, as: string, decisions: readonly object[]): Promise<Decided> {
  const body = { as, decisions: decisions.map((decision) => ({ ...about, ...decision })) };
  return hub.ask<Decided>("/api/v1/code-decisions", { method: "POST", body });
}

const about = {
  site: "harbor",
  table: "observation-code",
  system: "http://loinc.org",
  status: "mapped",
};
const sodium = { ...about, local: "NAX", code: "2951-2", display: "Sodium, serum" };
const left = { local: "MISC", system: "", status: "not mapped on purpose", note: "free text" };

function check(folder: IntegrationFolder) {
  const command = fileURLToPath(new URL("../../node_modules/.bin/trestle", import.meta.url));
  const { status, stdout, stderr } = spawnSync(command, ["check", folder.path], {
    encoding: "utf8",
  });
  return { status, said: status === 0 ? "" : `${stdout}${stderr}` };
}

const tableOf = (folder: IntegrationFolder) =>
  readFileSync(join(folder.path, "sites/harbor/tables/observation-code.csv"), "utf8");

test("what other sites made of a code is suggested, with the reason", async () => {
  const { hub } = patching;
  const path = "/api/v1/unmapped-codes/suggestions?site=harbor&table=observation-code&local=NAX";
  const { items } = await hub.ask<{ items: object[] }>(path);
  expect(items[0]).toMatchObject({
    code: "2951-2",
    display: "Sodium",
    reasons: ["“NAX” means this at Summit Clinic."],
  });
});

test("decisions become a patch that git applies and the check passes", async () => {
  const { hub, folder } = patching;
  const decided = await decide(hub, "patch", [sodium, { local: "KAX", code: "2823-3" }]);
  expect(decided).toMatchObject({
    problems: [],
    files: [{ path: "sites/harbor/tables/observation-code.csv", isNew: false, rows: 2 }],
    whyNoCommit: { code: "hub.commitsOff" },
  });
  expect(tableOf(folder)).toBe(harborTable);
  writeFileSync(join(folder.path, "../change.patch"), decided.patch ?? "");
  git(folder, "apply", "../change.patch");
  expect(tableOf(folder)).toBe(
    `${harborTable}NAX,http://loinc.org,2951-2,"Sodium, serum",\r\nKAX,http://loinc.org,2823-3,,\r\n`,
  );
  expect(check(folder)).toEqual({ status: 0, said: "" });
});

test("a table that a site lacks, and one that lacks a column, are made by the same patch", async () => {
  const { hub, folder } = patching;
  const unit = { ...left, table: "units", local: "flurbs" };
  const decided = await decide(hub, "patch", [left, unit]);
  expect(decided.problems).toEqual([]);
  writeFileSync(join(folder.path, "../change.patch"), decided.patch ?? "");
  git(folder, "apply", "../change.patch");
  expect(tableOf(folder)).toContain("MISC,,,,not mapped on purpose,free text\n");
  expect(decided.files[1]).toEqual({ path: "sites/harbor/tables/units.csv", isNew: true, rows: 1 });
  expect(check(folder)).toEqual({ status: 0, said: "" });
});

test("what cannot be is told at the decision, what is doubtful beside the patch", async () => {
  const { hub } = patching;
  const wrong = await decide(hub, "patch", [sodium, { local: "KAX", code: "2823-4" }]);
  expect(wrong.patch).toBeUndefined();
  expect(wrong.problems).toMatchObject([{ decision: 1, code: "tables.wrongCode" }]);
  const doubtful = await decide(hub, "patch", [
    sodium,
    { local: "KAX", system: "http://nobody.example/codes", code: "K" },
  ]);
  expect(doubtful.remarks).toMatchObject([{ decision: 1, code: "tables.unknownSystem" }]);
});

test("a commit is made where it may be, and says who decided what", async () => {
  const { hub, folder } = committing;
  const decided = await decide(hub, "commit", [{ ...sodium, note: "asked the laboratory" }]);
  expect(decided.commit).toBe(git(folder, "rev-parse", "HEAD"));
  expect(git(folder, "log", "-1", "--format=%an%n%B")).toBe(
    [
      "Operator",
      "Decide NAX at harbor",
      "",
      "harbor observation-code: NAX is http://loinc.org|2951-2 (mapped); asked the laboratory",
    ].join("\n"),
  );
  expect(git(folder, "status", "--porcelain")).toBe("");
  expect(check(folder)).toEqual({ status: 0, said: "" });
});

test("where somebody works in the table, nothing is written and the patch is still there", async () => {
  const { hub, folder } = committing;
  const edited = `${harborTable}X,http://loinc.org,2951-2,,\r\n`;
  folder.write("sites/harbor/tables/observation-code.csv", edited);
  const decided = await decide(hub, "commit", [sodium]);
  expect(decided).toMatchObject({ whyNoCommit: { code: "integration.notClean" } });
  expect(decided.commit).toBeUndefined();
  expect(tableOf(folder)).toBe(edited);
  writeFileSync(join(folder.path, "../change.patch"), decided.patch ?? "");
  git(folder, "apply", "../change.patch");
  expect(tableOf(folder)).toContain("NAX");
});
