import type { Access } from "@trestle/access";
import type { ProbeExamples, Probes } from "@trestle/api";
import { type Clock, type Problem, TrestleError, newToken, phi } from "@trestle/base";
import type { Gateway } from "@trestle/gateway";
import { type Integration, type Site, dataAtSite } from "@trestle/integration";
import type { Journal, Outbox } from "@trestle/journal";
import type { CodeRow } from "@trestle/mapping";
import { defaultTables } from "@trestle/mapping/configuration";
import type { ProbeLimits, ProbeProgress } from "@trestle/probe";
import { probeErrors } from "@trestle/probe/errors";
import { type Example, type SqliteProbeReports, withHistory } from "@trestle/probe/store";
import type { RecordStore } from "@trestle/record";
import type { Log } from "./logger.ts";

/** What probes of this hub work with. */
export interface ProberParts {
  readonly integration: () => Integration;
  readonly gateway: Gateway;
  readonly record: RecordStore;
  readonly outbox: Pick<Outbox, "messages">;
  readonly journal: Pick<Journal, "get">;
  readonly access: Pick<Access, "recordAccess">;
  readonly reports: SqliteProbeReports;
  readonly clock: Clock;
  readonly log: Log;
}

type Asked = Parameters<Probes["start"]>[0];

/** A probe of this process, under way or over. */
interface Job {
  readonly id: string;
  readonly asked: Asked;
  readonly startedAt: number;
  readonly stopping: AbortController;
  progress: ProbeProgress;
  isRunning: boolean;
  problem?: Problem;
  examples?: ProbeExamples;
}

/** Runs probes, one at a time for each site, and keeps their reports. */
export function openProber(parts: ProberParts): Probes {
  const jobs = new Map<string, Job>();
  const ends = new Set<Promise<void>>();
  const runningAt = (site: string) =>
    [...jobs.values()].find((job) => job.isRunning && job.asked.site === site);
  const findJob = (site: string, id: string) => {
    const job = jobs.get(id);
    return job?.asked.site === site ? job : undefined;
  };
  return {
    start(asked) {
      const site = siteFor(asked, parts.integration());
      if (runningAt(asked.site) !== undefined) throw probeErrors.alreadyRunning();
      const job = begin(asked, parts.clock);
      jobs.set(job.id, job);
      forgetOld(jobs);
      const end = run(job, site, parts).finally(() => ends.delete(end));
      ends.add(end);
      return { id: job.id };
    },
    running(site) {
      const job = runningAt(site);
      if (job === undefined) return undefined;
      const { id, startedAt, progress, asked } = job;
      return { id, startedAt, startedBy: asked.caller.person.name, ...progress };
    },
    problem: (site, id) => findJob(site, id)?.problem,
    stop(site, id) {
      const job = findJob(site, id);
      if (job?.isRunning !== true) return false;
      job.stopping.abort();
      return true;
    },
    reports: (site, limit) => parts.reports.list(site, limit),
    report: (site, id) => parts.reports.get(site, id),
    examples: (site, id) => findJob(site, id)?.examples,
    async close() {
      for (const { stopping } of jobs.values()) stopping.abort();
      await Promise.all(ends);
    },
  };
}

function begin(asked: Asked, clock: Clock): Job {
  return {
    id: newToken().slice(0, 12).replaceAll(/[-_]/gu, "x"),
    asked,
    startedAt: clock.now(),
    stopping: new AbortController(),
    progress: { phase: "choosing", done: 0, of: 0, requests: 0 },
    isRunning: true,
  };
}

function siteFor({ site, environment }: Asked, { sites }: Integration): Site {
  const found = sites.get(site);
  if (found === undefined) throw probeErrors.noSite({ site });
  if (environment !== undefined && environment !== found.environment)
    throw probeErrors.otherEnvironment({ site, environment: found.environment });
  return found;
}

/** Settles whatever comes: what fails of a probe is told where it is asked for. */
async function run(job: Job, site: Site, parts: ProberParts): Promise<void> {
  try {
    await probe(job, site, parts);
  } catch (error) {
    job.problem = problemOf(error);
    parts.log.error({ code: job.problem.code, site: site.id }, "a probe ended without a report");
  } finally {
    job.isRunning = false;
  }
}

async function probe(job: Job, site: Site, parts: ProberParts): Promise<void> {
  // Loaded where somebody probes: it reads FHIRPaths, for which there is a library.
  const { runProbe } = await import("@trestle/probe");
  const { id, asked, stopping } = job;
  const { revision, needs, settings } = parts.integration();
  const { patients, maxRequests, maxMinutes, hl7Hours, seed, sample, withExamples, caller } = asked;
  const { report, examples } = await runProbe(
    {
      id,
      revision,
      site: site.id,
      environment: site.environment,
      needs: needs ? { ...needs, data: dataAtSite(needs, site) } : nothingNeeded,
      rowsOf: (table) => rowsOf(site, table),
      messageLimits: settings.messages,
      limits: { ...fixedLimits, patients, maxRequests, maxMinutes, hl7Hours },
      sample,
      seed,
      withExamples,
      reader: caller.person.id,
      startedBy: caller.person.name,
      signal: stopping.signal,
      recordAccess: (subjects) => recordAccess(job, subjects, parts),
      onProgress: (progress) => (job.progress = progress),
    },
    parts,
  );
  const before = parts.reports.lastWhole(site.id, site.environment);
  await parts.reports.keep(withHistory(report, before));
  if (withExamples) job.examples = { items: phi(examples), messages: messagesOf(examples) };
}

function messagesOf(examples: readonly Example[]): readonly string[] {
  const places = examples.map(({ where }) => where);
  return [...new Set(places.filter((where) => where.startsWith("message ")))];
}

const nothingNeeded = { scopes: [], elements: {}, data: [] };

/** The rows in force: the site's own in front of the product's. */
function rowsOf({ tables }: Site, table: string): readonly CodeRow[] | undefined {
  const [own, others] = [tables.get(table), defaultTables().get(table)];
  return own === undefined && others === undefined
    ? undefined
    : [...(own ?? []), ...(others ?? [])];
}

async function recordAccess(
  { id, asked }: Job,
  subjects: readonly string[],
  { access }: ProberParts,
): Promise<void> {
  if (subjects.length === 0) return;
  const { person, purpose } = asked.caller;
  const all = [...subjects, `probe ${id}`];
  await access.recordAccess({ person, action: "startProbe", subjects: all, purpose, reason: "" });
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof TrestleError)) return defect;
  const { code, hint } = error;
  return { code, text: `The probe ended without a report (${code}).`, hint };
}

/** Of the probes of a process, those that are over longest are forgotten, with their examples. */
function forgetOld(jobs: Map<string, Job>): void {
  for (const [id, { isRunning }] of jobs) {
    if (jobs.size <= maxJobs) return;
    if (!isRunning) jobs.delete(id);
  }
}

const maxJobs = 20;

const fixedLimits: Omit<ProbeLimits, "patients" | "maxRequests" | "maxMinutes" | "hl7Hours"> = {
  maxPages: 20,
  maxMessages: 2000,
  maxReferences: 150,
  maxExamples: 5,
};

const defect: Problem = {
  code: "hub.probeFailed",
  text: "The probe failed in the hub.",
  hint: "This is a defect. The hub's log has the time; report it.",
};
