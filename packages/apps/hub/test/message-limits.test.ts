import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type Socket, connect } from "node:net";
import { join } from "node:path";
import { reveal } from "@trestle/base";
import { type Position, openSqliteJournal } from "@trestle/journal";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hub, createLog, startHub } from "../src/index.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

let folder: SmallIntegration;
let hub: Hub | undefined;

beforeEach(() => {
  folder = smallIntegration();
});
afterEach(async () => {
  await hub?.stop();
  hub = undefined;
  folder.remove();
});

describe("a message with more segments than messages.maxSegments", () => {
  test("gets AE that says so, is kept whole, and is read once the setting is raised", async () => {
    const text = messageOf("many", lines(10));
    await start("maxSegments: 10");
    const answer = await said(text);
    expect(answer).toContain("MSA|AE|many");
    expect(answer).toContain("more than 10 segments");
    expect(await listed("many")).toMatchObject({
      disposition: "refused",
      outcome: "notProcessed",
      reason: {
        code: "hl7v2.tooManySegments",
        hint: expect.stringMatching(/maxSegments.*messages in trestle\.yaml/u),
      },
    });
    await hub?.stop();
    expect(await stored(1)).toBe(text);

    await start("maxSegments: 11");
    expect(await said(text)).toContain("MSA|AA|many");
  });

  test("that came in before the setting was lowered cannot be explained while it is lower, and is kept", async () => {
    await start("maxSegments: 11");
    expect(await said(messageOf("before", lines(10)))).toContain("MSA|AA|before");
    const { id } = await processed("before");
    await hub?.stop();

    await start("maxSegments: 10");
    expect(await ask(`/${id}/explanation`)).toMatchObject({
      outcome: "failed",
      warnings: [{ code: "hl7v2.tooManySegments" }],
    });
    await hub?.stop();
    expect(await stored(1)).toContain("|before|");
  });
});

test("a message beyond a default is taken, mapped and shown where its setting is raised", async () => {
  // The default is 10 000 fields in a segment.
  const text = messageOf("wide", [`ZZ1${"|x".repeat(12_000)}`]);
  await start("maxFields: 10000");
  expect(await said(text)).toContain("MSA|AE|wide");
  await hub?.stop();

  await start("maxFields: 20000");
  expect(await said(text)).toContain("MSA|AA|wide");
  const { id, outcome } = await processed("wide");
  expect(outcome).toMatch(/^mapped/u);
  expect((await ask(`/${id}`)).tree?.length).toBe(3);
});

interface Listed {
  readonly id: string;
  readonly controlId: string;
  readonly disposition: string;
  readonly outcome: string;
}

async function start(messages: string): Promise<void> {
  const loaded = await folder.load(`${settingsWith()}messages:\n  ${messages}\n`);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  hub = await startHub({
    integration: loaded.integration,
    data: folder.data,
    log: createLog("silent"),
  });
}

/** What the hub answers to a message. */
async function said(text: string): Promise<string> {
  const socket: Socket = connect({ host: "127.0.0.1", port: hub?.mllpPorts.get("hospital") ?? 0 });
  socket.write(`\u{0B}${text}\u{1C}\r`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.toString();
}

/** The newest of that control id that is not refused. */
async function processed(controlId: string): Promise<Listed> {
  let found: Listed | undefined;
  await eventually("it is processed", async () => {
    found = await listed(controlId);
    return found?.disposition === "accepted";
  });
  if (found === undefined) throw new Error("nothing was found");
  return found;
}

async function listed(controlId: string): Promise<Listed | undefined> {
  let found: Listed | undefined;
  await eventually("it is listed", async () => {
    found = (await ask("")).items?.find((item) => item.controlId === controlId);
    return found !== undefined;
  });
  return found;
}

async function ask(
  path: string,
): Promise<{ readonly items?: readonly Listed[]; readonly tree?: readonly unknown[] }> {
  const token = readFileSync(join(folder.data, "operator.token"), "utf8").trim();
  const headers = { authorization: `Bearer ${token}` };
  const reply = await fetch(`${hub?.url ?? ""}/api/v1/messages${path}`, { headers });
  return (await reply.json()) as Awaited<ReturnType<typeof ask>>;
}

/** What the journal has at a position, once no hub runs. */
async function stored(position: number): Promise<string> {
  const journal = openSqliteJournal(join(folder.data, "journal.db"));
  const entry = await journal.get(position as Position);
  await journal.close();
  return entry === undefined ? "" : Buffer.from(reveal(entry.raw)).toString();
}

function lines(count: number): readonly string[] {
  return Array.from({ length: count - 1 }, (_, index) => `NK1|${index + 1}|STRUT^OLA|Spouse`);
}

/** A header, one PID, and what else is given. */
function messageOf(controlId: string, more: readonly string[]): string {
  const header = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${controlId}|T|2.5`;
  return [header, "PID|1||7^^^HH^MR", ...more, ""].join("\r");
}
