import { Button, Select, Tabs } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type Overview, routes } from "@trestle/api/contract";
import { call } from "../../api/client.ts";
import { deliveriesKey, useOverview } from "../../api/queries.ts";
import type { DeliveriesSearch } from "../../app/search-params.ts";
import { Loading } from "../../parts/loading.tsx";
import { Empty, Failure } from "../../parts/notice.tsx";
import { countText, counted } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import styles from "./deliveries.module.css";

const route = getRouteApi("/deliveries");

/** What is owed to destinations; those that wait for a person first. */
export function DeliveriesPage() {
  const search = route.useSearch();
  const { data: overview } = useOverview(60);
  const state = search.state ?? "held";
  const list = useDeliveries(state, search.destination);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const held = overview?.held ?? 0;
  return (
    <Page
      title="Deliveries"
      sentence={sentenceOf(overview)}
      state={overview === undefined || held === 0 ? undefined : "held"}
    >
      <Narrow overview={overview} state={state} />
      {list.isError && rows.length === 0 ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <Loading /> : null}
      {list.isSuccess && rows.length === 0 ? <NoDeliveries state={state} /> : null}
      {rows.length === 0 ? null : <DeliveryTable deliveries={rows} />}
      {list.hasNextPage ? (
        <Button
          mt="sm"
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older
        </Button>
      ) : null}
    </Page>
  );
}

type ShownState = NonNullable<DeliveriesSearch["state"]>;

function useDeliveries(state: ShownState, destination: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...deliveriesKey, state, destination],
    queryFn: ({ pageParam }) =>
      call(routes.listDeliveries, {
        query: {
          ...(state === "all" ? {} : { state }),
          ...(destination === undefined ? {} : { destination }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    maxPages: 20,
  });
}

interface NarrowProps {
  readonly overview: Overview | undefined;
  readonly state: ShownState;
}

function Narrow({ overview, state }: NarrowProps) {
  const { destination } = route.useSearch();
  const navigate = route.useNavigate();
  const counts: Partial<Record<ShownState, number | undefined>> = {
    held: overview?.held,
    queued: overview?.queued,
  };
  const choose = (value: string | null) =>
    void navigate({
      search: (search) => ({ ...search, state: states.find((one) => one === value) }),
    });
  return (
    <div className={styles["narrow"]}>
      <Tabs value={state} onChange={choose}>
        <Tabs.List>
          {states.map((each) => (
            <Tabs.Tab key={each} value={each} aria-controls="deliveries">
              {titles[each]} {counts[each] === undefined ? "" : countText(counts[each])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Select
        aria-label="Destination"
        size="xs"
        placeholder="Any destination"
        clearable
        data={overview?.destinations.map(({ id }) => id) ?? []}
        value={destination ?? null}
        onChange={(value) =>
          void navigate({ search: (search) => ({ ...search, destination: value ?? undefined }) })
        }
      />
    </div>
  );
}

function NoDeliveries({ state }: { state: ShownState }) {
  return (
    <Empty title={`No delivery is ${state === "all" ? "here" : state}`}>
      <p>{why[state]}</p>
    </Empty>
  );
}

function sentenceOf(overview: Overview | undefined): string {
  if (overview === undefined) return "Deliveries";
  const { held, queued } = overview;
  const wait = queued === 0 ? "none waits" : `${counted(queued, "delivery", "deliveries")} queued`;
  if (held === 0) return `Nothing is held; ${wait}.`;
  return `${counted(held, "delivery is", "deliveries are")} held until somebody decides; ${wait}.`;
}

const states = ["held", "queued", "delivered", "cancelled", "all"] as const;

const titles: Readonly<Record<ShownState, string>> = {
  held: "Held",
  queued: "Queued",
  delivered: "Delivered",
  cancelled: "Cancelled",
  all: "All",
};

const why: Readonly<Record<ShownState, string>> = {
  held: "A delivery is held when its destination refused it for good or may have taken it already, or when a code table holds what has a code without a row. A person decides. Nothing needs you now.",
  queued: "A delivery is queued until its destination took it. Everything that was owed went out.",
  delivered: "None of those that are kept was delivered yet.",
  cancelled: "Nobody cancelled a delivery.",
  all: "A delivery comes into being when a mapped message matches a route of its channel.",
};
