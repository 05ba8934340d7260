import type { MessageLimits } from "@trestle/hl7v2";
import type { Routes } from "../contract/index.ts";
import { viewAttempt, viewDelivery } from "../delivery-view.ts";
import type { Dependencies } from "../dependencies.ts";
import { disclose } from "../disclosure.ts";
import type { Handler } from "../handler.ts";
import { maskTree, maskWire } from "../masking.ts";
import { messageTree } from "../message-tree.ts";
import { viewMessage } from "../message-view.ts";
import { factsOf, findEntry } from "../stored-message.ts";
import { wireText } from "../wire-text.ts";

export const getMessage: Handler<Routes["getMessage"]> = async (
  { caller, params },
  dependencies,
) => {
  const entry = await findEntry(params.messageId, dependencies);
  const look = { action: "getMessage", subjects: [`message ${entry.position}`] };
  const facts = await factsOf(entry, dependencies);
  const deliveries = await deliveriesOf(entry.position, dependencies);
  const disclosure = await disclose(caller, look, dependencies);
  const limits = dependencies.integration().settings.messages;
  const { wire, tree, size } = disclosure.show(entry.raw, {
    open: (bytes) => readWire(bytes, limits),
    masked(bytes) {
      const read = readWire(bytes, limits);
      return { ...read, wire: maskWire(read.wire), tree: maskTree(read.tree) };
    },
  });
  return {
    message: viewMessage(facts, disclosure),
    remote: entry.remote,
    isRevealed: disclosure.isRevealed,
    wire,
    isCut: entry.receivedBytes > size,
    tree,
    deliveries,
  };
};

function readWire(bytes: Uint8Array, limits: MessageLimits) {
  return { wire: wireText(bytes), tree: messageTree(bytes, limits), size: bytes.byteLength };
}

async function deliveriesOf(
  position: Parameters<Dependencies["journal"]["get"]>[0],
  { outbox }: Dependencies,
) {
  const deliveries = await outbox.deliveries({ position, limit: mostDeliveries });
  return Promise.all(
    deliveries.map(async (delivery) => ({
      ...viewDelivery(delivery),
      tries: (await outbox.attempts(delivery.id)).map(viewAttempt),
    })),
  );
}

/** Newest first; a message that was replayed more often shows its newest. */
const mostDeliveries = 100;
