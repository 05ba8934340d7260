import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import type { MessageSummary } from "@trestle/api/contract";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { onHappening } from "../../api/events.ts";
import { usePurpose } from "../../api/purpose.ts";
import { queryClient } from "../../api/query-client.ts";
import { type MessageFilter, type MessageRows, byId, fetchMessages } from "./message-filter.ts";

/** Rows that came while the reader was busy with others. */
export interface Waiting {
  readonly items: readonly MessageSummary[];
  /** More came than were fetched, so that showing them starts the list anew. */
  readonly isMore: boolean;
}

/**
 * The messages of a filter, newest first, older ones by page, newer ones as they come.
 *
 * @param isHeld Whether new rows must wait, since the reader has scrolled or chosen a row.
 */
export function useLiveMessages(filter: MessageFilter, isHeld: boolean) {
  const purpose = usePurpose();
  const key = useMemo(() => ["messages", filter, { purpose }] as const, [filter, purpose]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchMessages(filter, { cursor: pageParam, limit: pageRows }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: MessageRows) => next,
    // What is newer is asked for by itself, so that what is there need not be asked for again.
    staleTime: Infinity,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { waiting, show } = useNewer({ filter, queryKey: key, isHeld, isReady: query.isSuccess });
  const isFull = items.length >= mostRows;
  return { ...query, items, waiting, show, isFull, hasNextPage: query.hasNextPage && !isFull };
}

interface Newer {
  readonly filter: MessageFilter;
  readonly queryKey: readonly unknown[];
  readonly isHeld: boolean;
  readonly isReady: boolean;
}

/** Asks for what is newer when the hub tells that something came; shows it or lets it wait. */
function useNewer({ filter, queryKey, isHeld, isReady }: Newer) {
  const [kept, setKept] = useState({ queryKey, newer: none });
  const held = useRef(isHeld);
  useEffect(() => {
    held.current = isHeld;
  }, [isHeld]);
  const show = useCallback(
    (newer: Waiting) => {
      prepend(queryKey, newer);
      setKept({ queryKey, newer: none });
    },
    [queryKey],
  );
  useEffect(() => {
    if (!isReady) return undefined;
    const catchUp = async () => {
      const newer = await fetchNewer(filter, shownRows(queryKey));
      if (isEnded()) return;
      if (held.current) setKept({ queryKey, newer });
      else show(newer);
    };
    const gather = oneAtATime(catchUp);
    const end = onHappening("messages", gather.ask);
    const isEnded = () => gather.isEnded;
    gather.ask();
    return () => {
      end();
      gather.isEnded = true;
    };
  }, [filter, queryKey, isReady, show]);
  // What waited for another filter is not shown here.
  const waiting = kept.queryKey === queryKey ? kept.newer : none;
  return { waiting, show: () => show(waiting) };
}

/** What is newer than the newest row, and once more those that were not processed yet. */
async function fetchNewer(
  filter: MessageFilter,
  rows: readonly MessageSummary[],
): Promise<Waiting> {
  const head = rows.slice(0, pageRows);
  const unfinished = head.findLast(
    ({ outcome, disposition }) => outcome === "notProcessed" && disposition === "accepted",
  );
  const newest = rows[0]?.id;
  const after = unfinished === undefined ? newest : String(Number(unfinished.id) - 1);
  const { items, next } = await fetchMessages(filter, {
    ...(after === undefined ? {} : { after }),
    limit: pageRows,
  });
  return { items, isMore: next !== undefined && newest !== undefined };
}

function prepend(queryKey: readonly unknown[], { items, isMore }: Waiting): void {
  if (items.length === 0) return;
  queryClient.setQueryData<Pages>(queryKey, (data) => {
    const [first, ...rest] = data?.pages ?? [];
    if (data === undefined || first === undefined || isMore) return undefined;
    return {
      ...data,
      pages: [{ ...first, items: byId([...first.items, ...items]).slice(0, mostRows) }, ...rest],
    };
  });
  if (isMore) void queryClient.resetQueries({ queryKey, exact: true });
}

function shownRows(queryKey: readonly unknown[]): readonly MessageSummary[] {
  const data = queryClient.getQueryData<Pages>(queryKey);
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** Runs one at a time and at most once a second; a call meanwhile runs it once more. */
function oneAtATime(act: () => Promise<void>) {
  const state = { isEnded: false, isBusy: false, isAsked: false, ask };
  return state;

  function ask(): void {
    state.isAsked = true;
    if (!state.isBusy) void run();
  }

  async function run(): Promise<void> {
    state.isBusy = true;
    while (state.isAsked && !state.isEnded) {
      state.isAsked = false;
      // A hub that is away is told by the connection; the next connect asks again.
      await act().catch(() => {});
      await new Promise((resolve) => {
        setTimeout(resolve, restMs);
      });
    }
    state.isBusy = false;
  }
}

type Pages = InfiniteData<MessageRows, string | undefined>;

const none: Waiting = { items: [], isMore: false };
const restMs = 1000;
const pageRows = 200;
/** A reader who scrolls this far is better served by a filter. */
const mostRows = 50_000;
