import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "@trestle/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { connectPeer } from "../support/mllp-peer.ts";

interface Run {
  readonly id: string;
  readonly state: string;
  readonly one: string;
  readonly other?: string;
  readonly problems?: readonly { readonly file: string }[];
  readonly result?: {
    readonly groups: readonly { readonly kind: string; readonly path: string }[];
    readonly counts: { readonly compared: number };
    readonly isHarmless: boolean;
  };
}

let folder: IntegrationFolder;
let hub: HubProcess;
beforeAll(async () => {
  folder = integrationFolder("http://127.0.0.1:9/");
  git("init", "--quiet");
  commit("as it is");
  hub = await startHubProcess(folder);
  const peer = await connectPeer(hub.mllpPort);
  await peer.send(admission);
  peer.close();
});
afterAll(async () => {
  await hub.stop();
  folder.remove();
});

describe("a hub that is asked what another revision would do", () => {
  test("compares the folder as it lies there with the revision in force", async () => {
    folder.write("sites/harbor/overlay.yaml", withoutBirthDate);
    const run = await compared(".");
    expect(run).toMatchObject({ state: "done", other: expect.stringMatching(/^h-/u) });
    expect(run.result?.groups).toMatchObject([{ kind: "removed", path: "Patient.birthDate" }]);
    expect(JSON.stringify(run)).not.toMatch(/BEAM|1980/u);
  });

  test("compares with a branch, and keeps to its rules", async () => {
    folder.write("what-if.yaml", rule);
    commit("proposed");
    const run = await compared("HEAD");
    expect(run.result).toMatchObject({ isHarmless: true, counts: { compared: 1 } });
  });

  test("tells what is wrong with a revision", async () => {
    const run = await compared("no-such-branch");
    expect(run).toMatchObject({ state: "refused", problems: [{}] });
  });

  test.each(["../elsewhere", "/etc", "--help"])(
    "takes no folder for a revision: %s",
    async (name) => {
      await expect(start(name)).rejects.toThrow(/400/u);
    },
  );

  test("has the comparisons it made, newest first, and no other", async () => {
    const { items } = await hub.ask<{ items: readonly Run[] }>("/api/v1/what-ifs");
    expect(items.map(({ id }) => id)).toEqual(["3", "2", "1"]);
    await expect(hub.ask("/api/v1/what-ifs/9")).rejects.toThrow(/404/u);
    const stopped = await hub.ask<Run>("/api/v1/what-ifs/1/stop", { method: "POST", body: {} });
    expect(stopped.state).toBe("done");
  });

  test("compares with another revision than the one in force, and tells what would be held", async () => {
    const site = "sites/harbor/site.yaml";
    const text = readFileSync(join(folder.path, site), "utf8");
    folder.write(site, `${text}codeTables: { identifiers: { unmapped: hold } }\n`);
    const run = await compared(".", "HEAD");
    expect(run).toMatchObject({ state: "done", one: expect.stringMatching(/^[0-9a-f]{12}$/u) });
    expect(run.result?.groups.map(({ kind, path }) => `${kind} ${path}`).toSorted()).toEqual([
      "goneWarning mapping.unmappedIdentifier",
      "newHold channels.codeWithoutRow",
      "newWarning mapping.heldCode",
    ]);
    expect(await compared(".", "no-such-branch")).toMatchObject({ state: "refused" });
  });
});

async function compared(revision: string, against?: string): Promise<Run> {
  const { id } = await start(revision, against);
  let run: Run | undefined;
  await eventually(
    "the comparison has ended",
    async () => {
      run = await hub.ask<Run>(`/api/v1/what-ifs/${id}`);
      return run.state !== "running";
    },
    120_000,
  );
  if (run === undefined) throw new Error("nothing was compared");
  return run;
}

function start(revision: string, against?: string): Promise<Run> {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  return hub.ask<Run>("/api/v1/what-ifs", { method: "POST", body: { revision, against, since } });
}

function git(...words: string[]): void {
  const author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
  execFileSync("git", ["-C", folder.path, ...author, ...words]);
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

const withoutBirthDate = "maps: { patient: [{ change: remove, row: birthDate }] }\n";
const rule = `harmless:
  - { path: Patient.birthDate, kind: removed, reason: The application has no use for it. }
`;
const admission = [
  "MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260115103015||ADT^A04^ADT_A01|W-1|T|2.5.1",
  "PID|1||900001^^^HH^MR||BEAM^ADA^TEST||19800115|F",
  "PV1|1|O",
  "",
].join("\r");
