import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../../test/support/hub-process.ts";
import { integrationFolder } from "../../test/support/integration-folder.ts";
import { connectPeer } from "../../test/support/mllp-peer.ts";
import { startReceiver } from "../../test/support/receiver.ts";
import type { ProofResult } from "../proof.ts";
import { answerOf, yes } from "./answer-of.ts";
import { lossTable, unexplainedLosses } from "./losses.ts";
import { validity } from "./validity.ts";
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

interface Page {
  readonly items: readonly Summary[];
  readonly next?: string;
}

interface Sent {
  readonly message: CorpusMessage;
  readonly answer: string;
}

/**
 * A message passes when it was answered, kept, and either processed or refused with a reason; a
 * bundle when R4 has nothing against it. Each field that is lost without a word counts as failed.
 */
export async function proveCorpora(): Promise<ProofResult> {
  if (!hasCorpora())
    return { passed: 0, failed: 0, text: "The reference messages are not here: nothing to prove." };
  const receiver = await startReceiver();
  const folder = integrationFolder(receiver.url);
  const hub = await startHubProcess(folder);
  try {
    const peer = await connectPeer(hub.mllpPort);
    const sent: Sent[] = [];
    for (const message of corpusMessages()) {
      sent.push({ message, answer: await answerOf(peer, message.bytes) });
    }
    peer.close();
    const fates = fatesOf(sent, await everythingIn(hub, new Set(sent.map(contentOf)).size));
    const failed = fates.filter((fate) => !isExplained(fate));
    const valid = validity();
    const losses = unexplainedLosses();
    return {
      passed: fates.length - failed.length + valid.bundles,
      failed: failed.length + valid.problems.length + losses.length,
      text: [report(fates, failed), valid.text, lossTable(losses)].join("\n\n"),
    };
  } finally {
    await hub.stop();
    await receiver.stop();
    folder.remove();
  }
}

/** All messages that the hub has, oldest first, once as many as were sent are processed. */
async function everythingIn(hub: HubProcess, expected: number): Promise<readonly Summary[]> {
  let all: Summary[] = [];
  await eventually(`${expected} messages are processed`, async () => {
    all = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const after = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = await hub.ask<Page>(`/api/v1/messages?limit=100${after}`);
      all.push(...page.items);
      cursor = page.next;
    }
    return all.length >= expected;
  });
  return all.toReversed();
}

/** A repeat of an earlier message is stored once, and that one stands for it. */
function fatesOf(sent: readonly Sent[], kept: readonly Summary[]): readonly Fate[] {
  const contents = [...new Set(sent.map(contentOf))];
  const keptOf = new Map(contents.map((content, index) => [content, kept[index]]));
  return sent.map((one) => fateOf(one, keptOf.get(contentOf(one))));
}

function fateOf({ message, answer }: Sent, found: Summary | undefined): Fate {
  return {
    name: message.name,
    family: found?.type === undefined || found.type === "" ? "unknown" : found.type,
    answer,
    outcome: found?.disposition === "accepted" ? found.outcome : (found?.disposition ?? "not kept"),
    reason: found?.reason === undefined ? "" : `${found.reason.code}: ${found.reason.text}`,
  };
}

function contentOf({ message }: Sent): string {
  return message.bytes.toString("latin1");
}

function isExplained({ answer, outcome, reason }: Fate): boolean {
  if (outcome === "mapped" || outcome === "mappedWithWarnings" || outcome === "notMapped")
    return yes.has(answer);
  return outcome === "refused" && !yes.has(answer) && reason !== "";
}

function report(fates: readonly Fate[], failed: readonly Fate[]): string {
  const families = Map.groupBy(fates, ({ family }) => family);
  const rows = [...families]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([family, of]) => {
      const count = (outcome: string) => of.filter((fate) => fate.outcome === outcome).length;
      const why = new Set(of.map(({ reason }) => reason).filter((reason) => reason !== ""));
      return `| ${family} | ${of.length} | ${of.filter(({ answer }) => yes.has(answer)).length} | ${count("mapped")} | ${count("mappedWithWarnings")} | ${count("notMapped")} | ${count("refused")} | ${[...why].join("; ")} |`;
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
