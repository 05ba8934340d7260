import { Link, useNavigate } from "@tanstack/react-router";
import type { ReplyOf, Routes } from "@trestle/api/contract";
import { useState } from "react";
import { useFhirSites } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { countText, counted, millisecondsText } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { useRowKeys } from "../../parts/row-keys.ts";
import { useSite } from "../../parts/sites.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import styles from "../../parts/table.module.css";
import { WaitsForApproval } from "../../parts/waits-for-approval.tsx";
import { failureCount, silenceOf, tokenWords } from "../site/site-words.ts";

type Row = ReplyOf<Routes["listSitesFhir"]>["items"][number];

/** The sites that answer over FHIR, each with how it did lately. */
export function SitesPage() {
  const { data, error, refetch } = useFhirSites();
  const rows = data?.items ?? [];
  return (
    <Page title="Sites" sentence={data === undefined ? "Sites" : sentenceOf(rows)}>
      {data === undefined && error !== null ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? <Loading /> : null}
      {data !== undefined && rows.length === 0 ? <NoSites /> : null}
      {rows.length === 0 ? null : <SitesTable rows={rows} />}
    </Page>
  );
}

function SitesTable({ rows }: { rows: readonly Row[] }) {
  const [current, setCurrent] = useState(-1);
  const navigate = useNavigate();
  useRowKeys({
    count: rows.length,
    current,
    move: setCurrent,
    open(index) {
      const siteId = rows[index]?.site;
      if (siteId !== undefined) void navigate({ to: "/sites/$siteId", params: { siteId } });
    },
  });
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Site</th>
          <th scope="col">Sign-in</th>
          <th scope="col" className={styles["number"]}>
            Requests, last hour
          </th>
          <th scope="col" className={styles["number"]}>
            Failed
          </th>
          <th scope="col" className={`${styles["number"]} ${styles["medium"]}`}>
            p95
          </th>
          <th scope="col" className={styles["wide"]}>
            Address
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <SiteRow key={row.site} row={row} isCurrent={index === current} />
        ))}
      </tbody>
    </table>
  );
}

function SiteRow({ row, isCurrent }: { row: Row; isCurrent: boolean }) {
  const { site, token, requests, url } = row;
  const known = useSite(site);
  const title = known?.title ?? site;
  const { state, word } = tokenWords[token.state];
  return (
    <tr data-current={isCurrent || undefined}>
      <td>
        <Link to="/sites/$siteId" params={{ siteId: site }}>
          {title}
        </Link>
        <WaitsForApproval site={known} />
      </td>
      <td>
        <StateWord state={state} word={word} />
      </td>
      <td className={styles["number"]}>{countText(requests.count)}</td>
      <td className={styles["number"]}>{countText(failureCount(row))}</td>
      <td className={`${styles["number"]} ${styles["medium"]}`}>
        {requests.latencyMs === undefined ? "–" : millisecondsText(requests.latencyMs.p95)}
      </td>
      <td className={`${styles["wide"]} mono`}>{url}</td>
    </tr>
  );
}

function NoSites() {
  return (
    <Empty title="No site answers over FHIR yet">
      <p>
        A site’s <code>site.yaml</code> says under <code>fhir</code> where it answers and by which
        client id the application is known there. The hub signs in with its own keys; make them with
      </p>
      <p>
        <Command>npx trestle keys new</Command>
      </p>
    </Empty>
  );
}

function sentenceOf(rows: readonly Row[]): string {
  const refused = rows.filter(({ token }) => token.state === "refused");
  const failed = rows.filter(({ token }) => token.state === "failed");
  if (rows.length === 0) return "No site answers over FHIR yet.";
  if (refused.length > 0) return `${counted(refused.length, "site")} will not let us sign in.`;
  if (failed.length > 0) return `Signing in failed at ${counted(failed.length, "site")}.`;
  const silent = rows.filter((row) => silenceOf(row) !== undefined);
  if (silent.length > 0) return `The newest request failed at ${counted(silent.length, "site")}.`;
  return `${counted(rows.length, "site answers", "sites answer")} over FHIR.`;
}
