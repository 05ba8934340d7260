import type { Phi } from "@trestle/base";
import type { MessageFilter, Position } from "@trestle/journal";
import type { ReplyOf, RequestOf, Routes } from "./contract/index.ts";
import { numberCursor, readNumberCursor, readPositiveNumber } from "./cursor.ts";
import type { Dependencies } from "./dependencies.ts";
import { disclose } from "./disclosure.ts";
import { apiErrors } from "./errors.ts";
import type { Caller } from "./handler.ts";
import { viewMessage } from "./message-view.ts";

type Wanted = RequestOf<Routes["listMessages"]>["query"];

/** Which messages to show, to whom. */
export interface PageRequest {
  readonly caller: Caller;
  /** The route's name. */
  readonly action: string;
  readonly wanted: Wanted;
  readonly patientKeys?: readonly Phi<string>[];
}

/**
 * A page of messages, newest first.
 *
 * @throws {TrestleError} `api.badRequest` for a cursor that is none.
 */
export async function messagePage(
  { caller, action, wanted, patientKeys }: PageRequest,
  dependencies: Dependencies,
): Promise<ReplyOf<Routes["listMessages"]>> {
  const found = await dependencies.outbox.messages({
    ...filterOf(wanted),
    ...(patientKeys === undefined ? {} : { patientKeys }),
    limit: wanted.limit + 1,
  });
  const facts = found.slice(0, wanted.limit);
  const named = facts.filter(({ patientKey }) => patientKey !== undefined);
  const subjects = named.map(({ position }) => `message ${position}`);
  const disclosure = await disclose(caller, { action, subjects }, dependencies);
  const last = facts.at(-1);
  return {
    items: facts.map((one) => viewMessage(one, disclosure)),
    ...(found.length > facts.length && last !== undefined
      ? { next: numberCursor(last.position) }
      : {}),
  };
}

function filterOf(wanted: Wanted): Omit<MessageFilter, "limit" | "patientKeys"> {
  const { site, channel, type, controlId, outcome, disposition, from, to, cursor, after } = wanted;
  return {
    ...(site === undefined ? {} : { site }),
    ...(channel === undefined ? {} : { channel }),
    ...(type === undefined ? {} : { type }),
    ...(controlId === undefined ? {} : { controlId }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
    ...(cursor === undefined ? {} : { before: positionOr(readNumberCursor(cursor), "cursor") }),
    ...(after === undefined ? {} : { after: positionOr(readPositiveNumber(after), "after") }),
  };
}

function positionOr(number: number | undefined, at: string): Position {
  if (number === undefined) throw apiErrors.badRequest({ at });
  return number as Position;
}
