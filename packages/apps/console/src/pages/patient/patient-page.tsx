import { getRouteApi } from "@tanstack/react-router";
import type { ReplyOf, Routes } from "@trestle/api/contract";
import { useMemo } from "react";
import { usePatient } from "../../api/queries.ts";
import { Ago } from "../../parts/ago.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { ageText, sexText } from "../../parts/person-text.ts";
import { useSite } from "../../parts/sites.ts";
import { Facts } from "./facts.tsx";
import styles from "./patient.module.css";
import { Results } from "./results.tsx";
import { seriesOf } from "./series.ts";
import { Timeline } from "./timeline-view.tsx";

const route = getRouteApi("/patients/$patientId");

type PatientReply = ReplyOf<Routes["getPatient"]>;

/** One patient: what is known, when it happened, when it was heard of, and from which message. */
export function PatientPage() {
  const { patientId } = route.useParams();
  const { data, error, refetch } = usePatient(patientId);
  if (data === undefined) {
    return (
      <Page title="Patient" sentence="Patient">
        {error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return <PatientRecord reply={data} />;
}

function PatientRecord({ reply }: { reply: PatientReply }) {
  const { items, patient, isRevealed, isCut } = reply;
  const series = useMemo(() => seriesOf(items), [items]);
  return (
    // The tab's title is in the window list and the history, so it names nobody.
    <Page title="Patient" sentence={<Headline reply={reply} />}>
      {isRevealed ? null : (
        <p className="quiet">Patient data is hidden. Choose above for what you need to see it.</p>
      )}
      {isCut ? (
        <p className="quiet">The record has more than is shown: these are its newest parts.</p>
      ) : null}
      <Facts items={items} site={patient.site} />
      <div className={styles["halves"]}>
        <Results series={series} site={patient.site} isRevealed={isRevealed} />
        <Timeline items={items} site={patient.site} />
      </div>
    </Page>
  );
}

function Headline({ reply: { patient, merged } }: { reply: PatientReply }) {
  const { name, sex, birthDate, identifiers, site, heardAt } = patient;
  const title = useSite(site)?.title ?? site;
  const facts = [sexText(sex), ageText(birthDate), birthDate === "" ? "" : `born ${birthDate}`];
  return (
    <>
      <bdi>{name === "" ? "No name" : name}</bdi>
      <span className={styles["who"]}>
        {facts.filter((fact) => fact !== "").map((fact) => ` · ${fact}`)}
        {identifiers.map(({ system, value, type }) => (
          <span key={`${system}|${value}`} title={system}>
            {` · ${type === "" ? "" : `${type} `}`}
            <bdi className="mono">{value}</bdi>
          </span>
        ))}
        {` · ${title} · heard `}
        <Ago at={heardAt} site={site} />
        {merged.length === 0 ? "" : ` · ${counted(merged.length, "other record")} merged into this`}
      </span>
    </>
  );
}
