import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { findEntry } from "../stored-message.ts";

export const replayMessage: Handler<Routes["replayMessage"]> = async (
  { caller, params, body },
  dependencies,
) => {
  const { position } = await findEntry(params.messageId, dependencies);
  await dependencies.access.recordAccess({
    person: caller.person,
    action: "replayMessage",
    subjects: [`message ${position}`],
    purpose: caller.purpose ?? "",
    reason: body.reason,
  });
  const ids = await dependencies.replay(position);
  return { deliveryIds: ids.map(String) };
};
