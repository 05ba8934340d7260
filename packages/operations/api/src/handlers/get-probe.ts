import { situationOf } from "@trestle/probe/summary";
import type { Routes } from "../contract/index.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { reportView, runningView } from "../probe-view.ts";

export const getProbe: Handler<Routes["getProbe"]> = async (
  { params: { site, probe } },
  { probes },
) => {
  const under = probes.running(site);
  const running = under?.id === probe ? under : undefined;
  const [problem, report] = [probes.problem(site, probe), probes.report(site, probe)];
  if (running === undefined && problem === undefined && report === undefined)
    throw apiErrors.notFound();
  return {
    ...(running && { running: runningView(running) }),
    ...(problem && { problem }),
    ...(report && { report: reportView(report), situation: situationOf(report.elements) }),
    hasExamples: probes.examples(site, probe) !== undefined,
  };
};
