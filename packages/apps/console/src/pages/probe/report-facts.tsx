import type { ProbeReport } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { endWords, whenText } from "./probe-words.ts";
import styles from "./probe.module.css";

/** What was asked, of whom, and what it is compared with. */
export function ReportFacts({ report }: { report: ProbeReport }) {
  const { sample, requests, server, before, end, environment, endedAt, startedBy, revision } =
    report;
  return (
    <Section title="Probe">
      {server.problem === undefined ? null : (
        <p role="alert">
          {server.problem.text} {server.problem.hint}
        </p>
      )}
      <dl className={styles["facts"]}>
        <dt>When</dt>
        <dd>
          {whenText(endedAt)} (<Ago at={endedAt} />
          ), by {startedBy}
        </dd>
        <dt>Asked about</dt>
        <dd>
          {sample.words}; {counted(sample.asked, "patient")} found and asked about,{" "}
          {sample.notFound} not found at the site
        </dd>
        <dt>Ended</dt>
        <dd>
          {endWords[end]}, after {counted(requests.made, "request")}
        </dd>
        <dt>Site</dt>
        <dd>
          {environment}, {server.software === "" ? "not known" : server.software}
        </dd>
        <dt>Needs</dt>
        <dd>
          integration.yaml, revision <span className="mono">{revision}</span>
        </dd>
        {before === undefined ? null : (
          <>
            <dt>Compared with</dt>
            <dd>
              {whenText(before.endedAt)}, {before.software}
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}
