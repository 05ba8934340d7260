import { getRouteApi, useLocation, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useOverview } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted, rateText } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useLiveMessages } from "./live-messages.ts";
import { type MessageFilter, isNarrowed } from "./message-filter.ts";
import { MessageTable } from "./message-table.tsx";
import { NoMessages } from "./no-messages.tsx";

const route = getRouteApi("/messages");

/** What went through, newest first, as it comes. */
export function MessagesPage() {
  const filter = useFilter();
  const [isHeld, setHeld] = useState(false);
  const live = useLiveMessages(filter, isHeld);
  return (
    <Page title="Messages" sentence={<Sentence filter={filter} />} isFilling>
      <FilterBar filter={filter} />
      <Rows live={live} filter={filter} setHeld={setHeld} />
    </Page>
  );
}

interface RowsProps {
  readonly live: ReturnType<typeof useLiveMessages>;
  readonly filter: MessageFilter;
  readonly setHeld: (isHeld: boolean) => void;
}

function Rows({ live, filter, setHeld }: RowsProps) {
  if (live.items.length > 0) {
    return (
      <MessageTable
        key={JSON.stringify(filter)}
        items={live.items}
        waiting={live.waiting}
        show={live.show}
        onHold={setHeld}
        more={live.hasNextPage && !live.isFetchingNextPage ? live.fetchNextPage : undefined}
        isFull={live.isFull}
      />
    );
  }
  if (live.isError) return <Failure error={live.error} retry={() => void live.refetch()} />;
  return live.isPending ? <Loading rows={12} /> : <NoMessages isNarrowed={isNarrowed(filter)} />;
}

function useFilter(): MessageFilter {
  const search = route.useSearch();
  const { site } = useSearch({ from: "__root__" });
  const patient = useLocation({ select: ({ state }) => state.patient });
  const text = JSON.stringify({ ...search, site, patient });
  // The same words are the same filter, so that no list is asked for twice.
  return useMemo(() => JSON.parse(text) as MessageFilter, [text]);
}

function Sentence({ filter }: { filter: MessageFilter }) {
  const { data } = useOverview(60);
  if (isNarrowed(filter)) return <>Messages that match, newest first</>;
  const seen =
    data?.sites.filter(({ id }) => filter.site === undefined || id === filter.site) ?? [];
  if (seen.length === 0) return <>Messages, newest first</>;
  const rate = seen.reduce((sum, { ratePerMinute }) => sum + ratePerMinute, 0);
  const errors = seen.reduce((sum, site) => sum + site.errors, 0);
  const last = errors === 0 ? "none refused or failed" : counted(errors, "error");
  return (
    <>
      {rateText(rate)} arriving; {last} in the last hour
    </>
  );
}
