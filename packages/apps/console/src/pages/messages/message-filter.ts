import { type MessageSummary, routes } from "@trestle/api/contract";
import { call } from "../../api/client.ts";
import type { FrameSearch, MessagesSearch } from "../../app/search-params.ts";
import { hubNow } from "../../parts/clock.ts";

/** What the list is narrowed to: what stands in the address, and the patient, which does not. */
export interface MessageFilter extends FrameSearch, MessagesSearch {
  readonly patient?: string | undefined;
}

export interface MessageRows {
  readonly items: readonly MessageSummary[];
  readonly next?: string | undefined;
}

/** Where a page of rows begins or ends. */
interface Cut {
  readonly cursor?: string | undefined;
  /** Only newer than this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One page of the messages that a filter lets through, newest first. */
export async function fetchMessages(filter: MessageFilter, cut: Cut): Promise<MessageRows> {
  const { problems, ...rest } = filter;
  if (problems === undefined) return fetchPage(rest, cut);
  // Refused, broken and failed are three questions; each is asked for its newest.
  const parts = await Promise.all([
    fetchPage({ ...rest, disposition: "refused" }, { ...cut, cursor: undefined }),
    fetchPage({ ...rest, disposition: "broken" }, { ...cut, cursor: undefined }),
    fetchPage({ ...rest, outcome: "failed" }, { ...cut, cursor: undefined }),
  ]);
  return { items: byId(parts.flatMap(({ items }) => items)) };
}

/** Newest first, each id once. */
export function byId(items: readonly MessageSummary[]): readonly MessageSummary[] {
  const known = new Map(items.map((item) => [item.id, item]));
  return [...known.values()].sort((one, other) => Number(other.id) - Number(one.id));
}

/** Whether anything but the site narrows the list. */
export function isNarrowed(filter: MessageFilter): boolean {
  return Object.entries(filter).some(
    ([name, value]) => name !== "site" && value !== undefined && value !== "",
  );
}

function fetchPage(filter: Omit<MessageFilter, "problems">, cut: Cut): Promise<MessageRows> {
  const { patient, last, from, ...rest } = filter;
  const since = last === undefined ? from : new Date(hubNow() - last * 60_000).toISOString();
  const wanted = { ...rest, ...cut, from: since };
  if (patient === undefined || patient === "") {
    return call(routes.listMessages, { query: wanted });
  }
  return call(routes.searchMessages, { body: { ...wanted, patient } });
}
