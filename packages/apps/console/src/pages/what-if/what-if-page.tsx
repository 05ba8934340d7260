import { Button, Select, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { WhatIfRun } from "@trestle/api/contract";
import { useState } from "react";
import { useStartWhatIf, useStopWhatIf, useWhatIf, useWhatIfs } from "../../api/what-if-queries.ts";
import { Ago } from "../../parts/ago.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { countText } from "../../parts/number-text.ts";
import { Page, Section } from "../../parts/page.tsx";
import { GroupTable } from "./group-table.tsx";
import { whatIfSentence } from "./what-if-words.ts";
import styles from "./what-if.module.css";

const route = getRouteApi("/what-if");

/** What stored messages would give under another revision, before it is put in force. */
export function WhatIfPage() {
  const { run: asked } = route.useSearch();
  const list = useWhatIfs();
  const id = asked ?? list.data?.items[0]?.id;
  const { data: run, error, refetch } = useWhatIf(id);
  const { state, text } = whatIfSentence(run);
  const failure = error ?? (list.data === undefined ? list.error : null);
  return (
    <Page title="What-if" state={state} sentence={text} aside={<StopButton run={run} />}>
      <Ask />
      {failure === null ? null : <Failure error={failure} retry={() => void refetch()} />}
      {list.isPending || (id !== undefined && run === undefined && failure === null) ? (
        <Loading />
      ) : null}
      {list.data !== undefined && id === undefined ? <NothingYet /> : null}
      {run === undefined ? null : <Outcome run={run} />}
    </Page>
  );
}

/** Which revision, and how far back; the site is the one that is chosen above. */
function Ask() {
  const { revision: given, against, site } = route.useSearch();
  const navigate = route.useNavigate();
  const [revision, setRevision] = useState(given ?? ".");
  const [hours, setHours] = useState("24");
  const start = useStartWhatIf();
  const submit = () => {
    const since = new Date(Date.now() - Number(hours) * 3_600_000).toISOString();
    start.mutate(
      { revision, against, since, site },
      { onSuccess: ({ id }) => void navigate({ search: (old) => ({ ...old, run: id }) }) },
    );
  };
  return (
    <form
      className={styles["bar"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        className={styles["revision"]}
        label="Commit, branch or tag; . for the folder as it lies"
        size="xs"
        value={revision}
        autoComplete="off"
        spellCheck={false}
        data-page-search
        onChange={(event) => setRevision(event.currentTarget.value)}
      />
      <Select
        label="Messages of the last"
        size="xs"
        allowDeselect={false}
        data={spans}
        value={hours}
        onChange={(value) => setHours(value ?? "24")}
      />
      <Button type="submit" size="xs" loading={start.isPending} disabled={revision === ""}>
        {against === undefined ? "Compare" : `Compare with ${against}`}
      </Button>
      {start.error === null ? null : <Failure error={start.error} />}
    </form>
  );
}

function StopButton({ run }: { run: WhatIfRun | undefined }) {
  const stop = useStopWhatIf();
  if (run?.state !== "running") return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={stop.isPending}
      onClick={() => stop.mutate(run.id)}
    >
      Stop
    </Button>
  );
}

function Outcome({ run }: { run: WhatIfRun }) {
  const { result, problems, failure } = run;
  return (
    <>
      <About run={run} />
      {failure === undefined ? null : (
        <p role="alert">
          {failure.hint} <code>{failure.code}</code>
        </p>
      )}
      {problems === undefined ? null : <Problems problems={problems} />}
      {result === undefined || result.groups.length === 0 ? null : (
        <GroupTable groups={result.groups} />
      )}
      {result === undefined ? null : <Rules rules={result.rules} />}
    </>
  );
}

function About({
  run: { one, against, since, site, read, total, state, startedAt, by, result },
}: Props) {
  const { compared, same, setAside } = result?.counts ?? { compared: 0, same: 0, setAside: 0 };
  return (
    <p className="quiet">
      Compared with {one}
      {against === undefined ? ", which was in force" : ""}; messages since <Ago at={since} />
      {site === undefined ? "" : ` of ${site}`}. Asked by {by} <Ago at={startedAt} />.{" "}
      {state === "running" ? `${countText(read)} of ${countText(total)} looked at.` : null}
      {result === undefined
        ? null
        : `${countText(compared)} mapped under both, ${countText(same)} the same by configuration, ${countText(setAside)} set aside.`}
    </p>
  );
}

interface Props {
  readonly run: WhatIfRun;
}

function Problems({ problems }: { problems: NonNullable<WhatIfRun["problems"]> }) {
  return (
    <Section title="Problems">
      <ul>
        {problems.map(({ file, line, column, text, hint }) => (
          <li key={`${file}:${line}:${column} ${text}`}>
            <code>
              {file}:{line}
            </code>{" "}
            {text} <span className="quiet">{hint}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Rules that were good for nothing, so that somebody takes them away. */
function Rules({ rules }: { rules: NonNullable<WhatIfRun["result"]>["rules"] }) {
  const idle = rules.filter(({ values, hasEnded }) => values === 0 || hasEnded);
  if (idle.length === 0) return null;
  return (
    <Section title="Rules of what-if.yaml that allowed nothing">
      <ul>
        {idle.map(({ number, path, hasEnded }) => (
          <li key={number}>
            Rule {number}, <code>{path}</code>:{" "}
            {hasEnded ? "its last day is over." : "no difference was of this kind."}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NothingYet() {
  return (
    <Empty title="Nothing was compared yet">
      <p>
        Name a revision above. Messages that came in are mapped under it and under the one in force,
        nothing is delivered, and the differences appear here. In a terminal:
      </p>
      <p>
        <Command>npx trestle replay --what-if . --since 24h</Command>
      </p>
    </Empty>
  );
}

const spans = [
  { value: "1", label: "hour" },
  { value: "24", label: "24 hours" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
];
