import { Button, NativeSelect } from "@mantine/core";
import { Link, getRouteApi } from "@tanstack/react-router";
import type { ProbeReport, ProbeSummary } from "@trestle/api/contract";
import { useProbeReport, useProbes } from "../../api/probe-queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { Page } from "../../parts/page.tsx";
import { useSite } from "../../parts/sites.ts";
import { ElementTable } from "./element-table.tsx";
import { ProbeControls } from "./probe-controls.tsx";
import { ReportFacts } from "./report-facts.tsx";
import { stateOf, whenText } from "./probe-words.ts";
import styles from "./probe.module.css";

const route = getRouteApi("/sites/$siteId/probe");

/** The report of a probe, for who must decide about a site: it reads and prints as a page. */
export function ProbePage() {
  const { siteId } = route.useParams();
  const { report: chosen } = route.useSearch();
  const title = useSite(siteId)?.title ?? siteId;
  const { data, error, refetch } = useProbes(siteId);
  const shown = chosen ?? data?.items[0]?.id;
  const summary = data?.items.find(({ id }) => id === shown);
  if (data === undefined) {
    return (
      <Page title={`Data at ${title}`} sentence={`Data at ${title}`}>
        {error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title={`Data at ${title}`}
      state={summary === undefined ? undefined : stateOf(summary)}
      sentence={summary === undefined ? `Data at ${title}` : `${title}: ${summary.situation}`}
      aside={<History siteId={siteId} items={data.items} shown={shown} />}
    >
      <p className={styles["screen"]}>
        <Link to="/sites/$siteId" params={{ siteId }}>
          {title}
        </Link>
      </p>
      <ProbeControls siteId={siteId} running={data.running} />
      {shown === undefined ? <NoReport siteId={siteId} /> : <Report siteId={siteId} id={shown} />}
    </Page>
  );
}

function Report({ siteId, id }: { siteId: string; id: string }) {
  const { data, error, refetch } = useProbeReport(siteId, id);
  if (error !== null) return <Failure error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data.report === undefined) return <p className="quiet">{data.problem?.hint}</p>;
  return <ReportView report={data.report} />;
}

function ReportView({ report }: { report: ProbeReport }) {
  const of = (need: "required" | "useful") =>
    report.elements.filter((element) => element.need === need);
  return (
    <>
      <ReportFacts report={report} />
      <ElementTable title="Required" elements={of("required")} />
      <ElementTable title="Useful" elements={of("useful")} />
      <p className="quiet">
        Shares stand with the interval in which the true one lies with 95 % confidence; records of
        one patient count as alike. No patient data is in this report.
      </p>
    </>
  );
}

interface HistoryProps {
  readonly siteId: string;
  readonly items: readonly ProbeSummary[];
  readonly shown: string | undefined;
}

/** Which report is shown is in the address. */
function History({ siteId, items, shown }: HistoryProps) {
  const navigate = route.useNavigate();
  if (items.length === 0) return null;
  return (
    <div className={styles["aside"]}>
      <NativeSelect
        size="xs"
        aria-label="Report"
        value={shown ?? ""}
        data={items.map((item) => ({ value: item.id, label: labelOf(item) }))}
        onChange={(event) =>
          void navigate({
            params: { siteId },
            search: (search) => ({ ...search, report: event.currentTarget.value }),
          })
        }
      />
      <Button size="xs" variant="default" onClick={() => globalThis.print()}>
        Print
      </Button>
    </div>
  );
}

function labelOf({ endedAt, required, end }: ProbeSummary): string {
  const { finding } = required;
  const findings = finding === 1 ? "1 finding" : `${finding} findings`;
  return `${whenText(endedAt)} · ${findings}${end === "whole" ? "" : " · ended early"}`;
}

function NoReport({ siteId }: { siteId: string }) {
  return (
    <Empty title="No probe has run here">
      <p>
        A probe asks the site about a sample of patients and says of each data element of
        integration.yaml whether it is there, permitted, populated and good. It writes nothing.
        Begin one above, or in a terminal:
      </p>
      <p>
        <Command>{`npx trestle probe ${siteId}`}</Command>
      </p>
    </Empty>
  );
}
