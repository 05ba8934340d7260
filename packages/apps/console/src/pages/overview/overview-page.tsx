import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { Overview } from "@trestle/api/contract";
import { useMemo, useState } from "react";
import { useOverview } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page, Section } from "../../parts/page.tsx";
import { useRowKeys } from "../../parts/row-keys.ts";
import { DestinationTable } from "./destination-table.tsx";
import { SiteTable } from "./site-table.tsx";

const route = getRouteApi("/");

/** Every site, channel and destination on one screen. */
export function OverviewPage() {
  const { minutes = 60 } = route.useSearch();
  const { data, error, refetch } = useOverview(minutes);
  if (data === undefined) {
    return (
      <Page title="Overview" sentence={error === null ? "Asking the hub …" : "The hub is away."}>
        {error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title="Overview"
      state={data.state}
      sentence={data.sentence}
      aside={<WindowSwitch minutes={minutes} />}
    >
      {data.sites.length === 0 ? <NoSites /> : <Tables overview={data} minutes={minutes} />}
    </Page>
  );
}

function Tables({ overview, minutes }: { overview: Overview; minutes: number }) {
  const { site: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const [current, setCurrent] = useState(-1);
  const sites = useMemo(
    () => overview.sites.filter(({ id }) => chosen === undefined || id === chosen),
    [overview.sites, chosen],
  );
  const rows = sites.flatMap(({ id, channels }) => [
    { site: id, channel: undefined },
    ...channels.map((channel) => ({ site: id, channel: channel.id })),
  ]);
  const open = (index: number) => {
    const row = rows[index];
    const destination = overview.destinations[index - rows.length]?.id;
    if (row !== undefined) void navigate({ to: "/messages", search: row });
    else if (destination !== undefined) {
      void navigate({ to: "/deliveries", search: { destination, state: "all" } });
    }
  };
  const count = rows.length + overview.destinations.length;
  useRowKeys({ count, current, move: setCurrent, open });
  return (
    <>
      <Section title="Sites and channels" note={backlogNote(overview)}>
        <SiteTable sites={sites} minutes={minutes} current={current} />
      </Section>
      <Section title="Destinations" note={waitingNote(overview)}>
        <DestinationTable
          destinations={overview.destinations}
          minutes={minutes}
          current={current - rows.length}
        />
      </Section>
    </>
  );
}

function WindowSwitch({ minutes }: { minutes: number }) {
  const navigate = route.useNavigate();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Time shown"
      value={String(minutes)}
      data={windows}
      onChange={(value) =>
        void navigate({
          search: (search) => ({ ...search, minutes: value === "60" ? undefined : Number(value) }),
        })
      }
    />
  );
}

function NoSites() {
  return (
    <Empty title="No site is set up yet">
      <p>
        A site is one hospital’s system; its folder in the configuration says where its messages
        come from. Start from an example:
      </p>
      <p>
        <Command>npx trestle demo</Command>
      </p>
    </Empty>
  );
}

function backlogNote({ backlog, connections, revision }: Overview): string {
  const waiting =
    backlog === 0 ? "nothing waits" : `${counted(backlog, "message")} to be processed`;
  return `${waiting} · ${counted(connections, "open connection")} · revision ${revision.slice(0, 10)}`;
}

function waitingNote({ queued, held }: Overview): string {
  return `${counted(queued, "delivery", "deliveries")} queued · ${held.toLocaleString("en-US")} held`;
}

const windows = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "1440", label: "24 h" },
];
