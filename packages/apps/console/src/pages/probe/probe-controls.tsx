import { Button, NativeSelect } from "@mantine/core";
import type { RunningProbe } from "@trestle/api/contract";
import { useState } from "react";
import { useProbeEnd, useStartProbe, useStopProbe } from "../../api/probe-queries.ts";
import { Failure } from "../../parts/notice.tsx";
import { progressText } from "./probe-words.ts";
import styles from "./probe.module.css";

interface ProbeControlsProps {
  readonly siteId: string;
  readonly running: RunningProbe | undefined;
}

/** Begins a probe, says how far it is, and ends it. */
export function ProbeControls({ siteId, running }: ProbeControlsProps) {
  const [patients, setPatients] = useState("50");
  const start = useStartProbe(siteId);
  const stop = useStopProbe(siteId);
  const { data: ended } = useProbeEnd(siteId, start.data?.id);
  return (
    <div className={styles["controls"]}>
      {running === undefined ? (
        <>
          <Button
            size="xs"
            variant="default"
            loading={start.isPending}
            onClick={() => start.mutate(Number(patients))}
          >
            Probe now
          </Button>
          <NativeSelect
            size="xs"
            aria-label="Patients to ask about"
            value={patients}
            data={sizes.map((size) => ({ value: size, label: `${size} patients` }))}
            onChange={(event) => setPatients(event.currentTarget.value)}
          />
          <span className="quiet">Reads at the site, and writes nothing.</span>
        </>
      ) : (
        <>
          <Button
            size="xs"
            variant="default"
            loading={stop.isPending}
            onClick={() => stop.mutate(running.id)}
          >
            Stop
          </Button>
          <span aria-live="polite">{progressText(running)}</span>
        </>
      )}
      {start.isError ? <Failure error={start.error} /> : null}
      {ended?.problem === undefined ? null : (
        <p role="alert">
          {ended.problem.text} {ended.problem.hint}
        </p>
      )}
    </div>
  );
}

const sizes = ["20", "50", "100", "200", "500"];
