import { Link, getRouteApi } from "@tanstack/react-router";
import type { SiteFhir } from "@trestle/api/contract";
import { useFhirSite } from "../../api/queries.ts";
import { Ago } from "../../parts/ago.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { useSite } from "../../parts/sites.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import { Capabilities } from "./capabilities.tsx";
import { Promotion } from "./promotion.tsx";
import { QueryRunner } from "./query-runner.tsx";
import { Requests } from "./requests.tsx";
import { WhatIfLink } from "../what-if/what-if-link.tsx";
import { Scopes } from "./scopes.tsx";
import { siteSentence, tokenWords } from "./site-words.ts";
import styles from "./site.module.css";

const route = getRouteApi("/sites/$siteId");

/** One site over FHIR: what it can, what is granted, how it answers, and a place to ask it. */
export function SitePage() {
  const { siteId } = route.useParams();
  const title = useSite(siteId)?.title ?? siteId;
  const { data, error, refetch } = useFhirSite(siteId);
  if (data === undefined) {
    return (
      <Page
        title={title}
        sentence={error === null ? `Asking ${title} …` : title}
        aside={<EditLink siteId={siteId} />}
      >
        {error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />}
        {error === null ? null : <Promotion siteId={siteId} />}
      </Page>
    );
  }
  const { state, text } = siteSentence(title, data);
  return (
    <Page
      title={title}
      state={state}
      sentence={text}
      aside={
        <>
          <EditLink siteId={siteId} />
          <WhatIfLink>What would another revision do?</WhatIfLink>
        </>
      }
    >
      {data.problem === undefined ? null : <p className="quiet">{data.problem.hint}</p>}
      <Promotion siteId={siteId} />
      <Facts site={data} />
      <Section title="Data">
        <p>
          <Link to="/sites/$siteId/probe" params={{ siteId }}>
            Probe: is each needed data element there, permitted, populated, good?
          </Link>
        </p>
      </Section>
      <QueryRunner key={siteId} siteId={siteId} />
      <Requests site={data} />
      <Scopes site={data} />
      <Capabilities site={data} />
    </Page>
  );
}

function EditLink({ siteId }: { siteId: string }) {
  return (
    <Link to="/settings" search={{ file: `sites/${siteId}/site.yaml` }}>
      Edit settings
    </Link>
  );
}

function Facts({ site }: { site: SiteFhir }) {
  const { url, dialect, software, fhirVersion, token, checkedAt } = site;
  const { state, word } = tokenWords[token.state];
  return (
    <Section title="Connection">
      <dl className={styles["facts"]}>
        <dt>Address</dt>
        <dd className="mono">{url}</dd>
        <dt>Answers</dt>
        <dd>
          {software === "" ? "not known yet" : software}
          {fhirVersion === "" ? "" : `, FHIR ${fhirVersion}`}
          {checkedAt === undefined ? null : (
            <span className="quiet">
              , said <Ago at={checkedAt} />
            </span>
          )}
        </dd>
        <dt>Dialect</dt>
        <dd>{dialect}</dd>
        <dt>Sign-in</dt>
        <dd>
          <StateWord state={state} word={word} />
          {token.expiresAt === undefined ? null : (
            <span className="quiet">
              , ends <Ago at={token.expiresAt} />
            </span>
          )}
        </dd>
      </dl>
    </Section>
  );
}
