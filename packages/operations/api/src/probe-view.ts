import type { ElementReport, ProbeReport } from "@trestle/probe/store";
import { situationOf, summaryOf } from "@trestle/probe/summary";
import type {
  ProbeElement,
  ProbeReport as ProbeReportView,
  ProbeSummary,
  RunningProbe,
} from "./contract/index.ts";
import type { ProbeUnderWay } from "./dependencies.ts";

/** A report as the contract has it: instants as text. */
export function reportView(report: ProbeReport): ProbeReportView {
  const { id, site, environment, revision, startedBy, end, sample, requests } = report;
  const { elements, before, server, searches } = report;
  return {
    id,
    site,
    environment,
    revision,
    startedBy,
    end,
    sample,
    requests,
    ...span(report),
    server: { ...server, scopes: { missing: [...server.scopes.missing] } },
    searches: [...searches],
    elements: elements.map(elementView),
    ...(before && { before: { ...before, endedAt: instantText(before.endedAt) } }),
  };
}

export function summaryView(report: ProbeReport): ProbeSummary {
  const { id, site, environment, revision, startedBy, end, elements, server } = report;
  return {
    id,
    site,
    environment,
    revision,
    startedBy,
    end,
    ...span(report),
    software: server.software,
    situation: situationOf(elements),
    required: summaryOf(elements, "required"),
    useful: summaryOf(elements, "useful"),
  };
}

export function runningView({ startedAt, ...rest }: ProbeUnderWay): RunningProbe {
  return { ...rest, startedAt: instantText(startedAt) };
}

function elementView({
  good,
  refusals,
  elsewhere,
  findings,
  ...rest
}: ElementReport): ProbeElement {
  const { newestAt, checks, verdict } = good;
  return {
    ...rest,
    refusals: refusals.map((each) => ({ ...each, apis: [...each.apis] })),
    good: {
      verdict,
      checks: [...checks],
      ...(newestAt !== undefined && { newestAt: instantText(newestAt) }),
    },
    elsewhere: [...elsewhere],
    findings: [...findings],
  };
}

function span({ startedAt, endedAt }: ProbeReport): { startedAt: string; endedAt: string } {
  return { startedAt: instantText(startedAt), endedAt: instantText(endedAt) };
}

function instantText(at: number): string {
  return new Date(at).toISOString();
}
