import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../../test/support/hub-process.ts";
import { integrationFolder } from "../../test/support/integration-folder.ts";
import { type MllpPeer, connectPeer } from "../../test/support/mllp-peer.ts";
import { startReceiver } from "../../test/support/receiver.ts";
import type { ProofResult } from "../proof.ts";
import { type CorpusMessage, corpusMessages, hasCorpora } from "./messages.ts";

/** What became of one message, by the hub's own API. */
interface Fate {
  readonly name: string;
  readonly family: string;
  readonly answer: string;
  readonly outcome: string;
  readonly reason: string;
}

interface Summary {
  readonly id: string;
  readonly type: string;
  readonly answer: string;
  readonly outcome: string;
  readonly disposition: string;
  readonly reason?: { readonly code: string; readonly text: string };
}

/** A message passes when it was answered, kept, and either processed or refused with a reason. */
export async function proveCorpora(): Promise<ProofResult> {
  if (!hasCorpora())
    return { passed: 0, failed: 0, text: "The reference messages are not here: nothing to prove." };
  const receiver = await startReceiver();
  const folder = integrationFolder(receiver.url);
  const hub = await startHubProcess(folder);
  try {
    const peer = await connectPeer(hub.mllpPort);
    const fates: Fate[] = [];
    for (const message of corpusMessages()) fates.push(await follow(hub, peer, message));
    peer.close();
    const failed = fates.filter((fate) => !isExplained(fate));
    return {
      passed: fates.length - failed.length,
      failed: failed.length,
      text: report(fates, failed),
    };
  } finally {
    await hub.stop();
    await receiver.stop();
    folder.remove();
  }
}

async function follow(hub: HubProcess, peer: MllpPeer, message: CorpusMessage): Promise<Fate> {
  peer.write(Buffer.concat([Buffer.from([0x0b]), message.bytes, Buffer.from([0x1c, 0x0d])]));
  const acknowledgement = await within(10_000, peer.next());
  const answer = /MSA\|(?<code>A[AER])/u.exec(acknowledgement)?.groups?.["code"] ?? "none";
  const found = await newest(hub);
  const family = found?.type === undefined || found.type === "" ? "unknown" : found.type;
  return {
    name: message.name,
    family,
    answer,
    outcome: found?.disposition === "accepted" ? found.outcome : (found?.disposition ?? "not kept"),
    reason: found?.reason === undefined ? "" : `${found.reason.code}: ${found.reason.text}`,
  };
}

/**
 * The message that was just sent. A repeat of an earlier one is stored once and shows nothing new,
 * so the newest one stands for it.
 */
async function newest(hub: HubProcess): Promise<Summary | undefined> {
  let latest: Summary | undefined;
  await eventually("the message is visible", async () => {
    const { backlog } = await hub.ask<{ backlog: number }>("/api/v1/overview");
    const page = await hub.ask<{ items: Summary[] }>("/api/v1/messages?limit=1");
    [latest] = page.items;
    return latest !== undefined && backlog === 0;
  });
  return latest;
}

function isExplained({ answer, outcome, reason }: Fate): boolean {
  if (outcome === "mapped" || outcome === "mappedWithWarnings" || outcome === "notMapped")
    return answer === "AA";
  return outcome === "refused" && answer !== "AA" && reason !== "";
}

function report(fates: readonly Fate[], failed: readonly Fate[]): string {
  const families = Map.groupBy(fates, ({ family }) => family);
  const rows = [...families]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([family, of]) => {
      const count = (outcome: string) => of.filter((fate) => fate.outcome === outcome).length;
      const why = new Set(of.map(({ reason }) => reason).filter((reason) => reason !== ""));
      return `| ${family} | ${of.length} | ${of.filter(({ answer }) => answer === "AA").length} | ${count("mapped")} | ${count("mappedWithWarnings")} | ${count("notMapped")} | ${count("refused")} | ${[...why].join("; ")} |`;
    });
  return [
    "| Family | Messages | Accepted | Mapped | With warnings | Not mapped | Refused | Why |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...failed.map(
      ({ name, answer, outcome }) => `- FAILED ${name}: answered ${answer}, ${outcome}`,
    ),
  ].join("\n");
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
  return Promise.race([promise, late]);
}
