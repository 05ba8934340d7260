import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { WhatIfRun } from "@trestle/api/contract";
import { useStopWhatIf, useWhatIf, useWhatIfs } from "../../api/what-if-queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { Page } from "../../parts/page.tsx";
import { AskForm } from "./ask-form.tsx";
import { EarlierRuns } from "./earlier-runs.tsx";
import { Outcome } from "./outcome.tsx";
import { whatIfSentence } from "./what-if-words.ts";

const route = getRouteApi("/what-if");

/** What stored messages would give under another revision, before it is put in force. */
export function WhatIfPage() {
  const { run: asked } = route.useSearch();
  const { data: list, error: listError } = useWhatIfs();
  const id = asked ?? list?.items[0]?.id;
  const { data: run, error, refetch } = useWhatIf(id);
  const { state, text } = whatIfSentence(run);
  const failure = error ?? (list === undefined ? listError : null);
  return (
    <Page title="What-if" state={state} sentence={text} aside={<StopButton run={run} />}>
      <AskForm />
      {failure === null ? null : <Failure error={failure} retry={() => void refetch()} />}
      {run === undefined && failure === null ? <NoRun isKnown={list && id === undefined} /> : null}
      {run === undefined ? null : <Outcome run={run} />}
      <EarlierRuns runs={list?.items} shown={id} />
    </Page>
  );
}

/** While it is not known whether there is one, and where there is none. */
function NoRun({ isKnown = false }: { isKnown?: boolean | undefined }) {
  return isKnown ? <NothingYet /> : <Loading />;
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
