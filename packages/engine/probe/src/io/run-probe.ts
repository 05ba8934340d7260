import { type Clock, seededRandom } from "@trestle/base";
import type { Gateway, SiteFhirState } from "@trestle/gateway";
import type { MessageLimits } from "@trestle/hl7v2";
import type { AllowedCodes } from "@trestle/integration";
import type { Journal, Outbox } from "@trestle/journal";
import type { CodeRow } from "@trestle/mapping";
import type { RecordStore } from "@trestle/record";
import { probeErrors } from "../errors.ts";
import { type KnownCodes, allowedCodes, knownCodes } from "../known-codes.ts";
import { type NeededData, type Plan, planOf } from "../plan.ts";
import type { Example, ProbeEnd, ProbeReport } from "../report.ts";
import type { ProbeLimits } from "../settings.ts";
import { type Asking, type Outcome, askAbout, readMet } from "./ask-patients.ts";
import { FeedComparison } from "./compare-feeds.ts";
import { type Unchecked, followReferences } from "./follow-references.ts";
import { type FieldSeen, readFields } from "./read-fields.ts";
import { examplesOf, reportElements, searchReports, serverReport } from "./report-parts.ts";
import {
  type Candidate,
  PatientFinder,
  type Sample,
  type SampleOrder,
  chooseSample,
} from "./sample.ts";
import { SearchTally } from "./search-tally.ts";
import { Ended, SiteReader } from "./site-reader.ts";

/** What a probe works with. */
export interface ProbeParts {
  readonly gateway: Pick<Gateway, "search" | "read" | "site" | "accessNames">;
  readonly record: Pick<RecordStore, "patient" | "patients" | "resources">;
  readonly outbox: Pick<Outbox, "messages">;
  readonly journal: Pick<Journal, "get">;
  readonly clock: Clock;
}

/** What is asked of a probe. */
export interface ProbeOrder {
  readonly id: string;
  readonly site: string;
  readonly environment: string;
  readonly revision: string;
  readonly needs: NeededData;
  /** The rows in force at the site, by code table; undefined for a table that there is not. */
  readonly rowsOf: (table: string) => readonly CodeRow[] | undefined;
  readonly messageLimits: MessageLimits;
  readonly sample: SampleOrder;
  readonly seed: number;
  readonly limits: ProbeLimits;
  readonly withExamples: boolean;
  /** Who asks: by an id of our own, and by the name of the access record. */
  readonly reader: string;
  readonly startedBy: string;
  readonly signal: AbortSignal;
  /** Keeps a record of whose data was seen. */
  readonly recordAccess: (subjects: readonly string[]) => Promise<void>;
  readonly onProgress: (progress: ProbeProgress) => void;
}

export interface ProbeProgress {
  readonly phase: "choosing" | "asking" | "references" | "messages" | "done";
  readonly done: number;
  readonly of: number;
  readonly requests: number;
}

/** A report, and examples where they were asked for. */
export interface Probed {
  readonly report: ProbeReport;
  readonly examples: readonly Example[];
}

/**
 * Probes a site: asks about a sample of patients through the hub's own door, reads messages of its
 * feed, and judges each data element. Ends early, with a report of what was seen, where it is
 * stopped or a limit is reached. Writes nothing to the site.
 *
 * @throws {TrestleError} `probe.nothingNeeded`, `probe.nobody`, `probe.groupNotRead`,
 * `gateway.unknownSite`
 */
export async function runProbe(order: ProbeOrder, parts: ProbeParts): Promise<Probed> {
  const run = new ProbeRun(order, parts);
  return run.run();
}

function categoryIn(among: string | undefined): string | undefined {
  return among?.startsWith("category=") === true ? among.slice("category=".length) : undefined;
}

/** One probe under way: what it has counted so far. */
class ProbeRun {
  readonly #order: ProbeOrder;
  readonly #parts: ProbeParts;
  readonly #plan: Plan;
  readonly #startedAt: number;
  readonly #reader: SiteReader;
  readonly #searches: readonly SearchTally[];
  readonly #comparison: FeedComparison;
  readonly #unchecked: Unchecked = new Map();
  readonly #outcomes: Outcome[] = [];
  readonly #allowed = new Map<AllowedCodes, KnownCodes>();
  #fields: ReadonlyMap<unknown, FieldSeen> = new Map();
  #sample: Sample | undefined;

  constructor(order: ProbeOrder, parts: ProbeParts) {
    this.#order = order;
    this.#parts = parts;
    this.#plan = planOf(order.needs);
    this.#startedAt = parts.clock.now();
    const { site, limits, signal, withExamples } = order;
    const endsAt = this.#startedAt + limits.maxMinutes * 60_000;
    this.#reader = new SiteReader({
      ...parts,
      site,
      reader: order.reader,
      limits: { ...limits, endsAt, signal },
    });
    const maxExamples = withExamples ? limits.maxExamples : 0;
    const counted = { ...limits, ...this.#codes, maxExamples };
    this.#searches = this.#plan.searches.map((search) => new SearchTally(search, counted));
    this.#comparison = new FeedComparison({ ...parts, site, maxResources: 2000 });
  }

  async run(): Promise<Probed> {
    const { searches, written, fields, absent } = this.#plan;
    if ([searches, written, fields, absent].every(({ length }) => length === 0))
      throw probeErrors.nothingNeeded();
    const { gateway } = this.#parts;
    this.#tell("choosing", 0, 0);
    const { site } = this.#order;
    const before = searches.length + written.length === 0 ? undefined : await gateway.site(site);
    const isAnswering = before !== undefined && before.problem === undefined;
    const end = isAnswering ? await this.#askSite(before) : "whole";
    // What is granted by now is told with the tokens that were asked for meanwhile.
    const after = isAnswering ? await gateway.site(site) : before;
    const state = after?.problem === undefined ? after : before;
    this.#tell("messages", 0, fields.length);
    this.#fields = await this.#readFields();
    return this.#conclude(end, state);
  }

  /** Asks about everyone in the sample; says how it ended. */
  async #askSite(state: SiteFhirState): Promise<ProbeEnd> {
    try {
      const sample = await this.#choose();
      if (sample === undefined) return "whole";
      const asking = this.#asking(state);
      await this.#askAll(sample.candidates, asking);
      this.#tell("references", 0, 0);
      await readMet(asking);
      await followReferences(this.#searches, this.#reader, this.#unchecked);
      return "whole";
    } catch (error) {
      if (error instanceof Ended) return error.why;
      throw error;
    } finally {
      await this.#order.recordAccess(this.#reader.takeSubjects());
    }
  }

  async #choose(): Promise<Sample | undefined> {
    if (this.#plan.searches.length === 0) return undefined;
    const { site, seed, sample, limits } = this.#order;
    this.#sample = await chooseSample(sample, {
      site,
      seed,
      record: this.#parts.record,
      reader: this.#reader,
      random: seededRandom(seed),
      count: limits.patients,
    });
    return this.#sample;
  }

  /** Types that the site does not name are not asked for. */
  #asking({ capabilities }: SiteFhirState): Asking {
    const { site, recordAccess } = this.#order;
    const served = new Set(capabilities.map(({ type }) => type));
    const searches = this.#searches.filter(({ search }) => served.has(search.resource));
    const byReference = searches.filter(
      ({ search }) => search.patientParameter === undefined && search.resource !== "Patient",
    );
    return {
      reader: this.#reader,
      finder: new PatientFinder(this.#reader),
      searches,
      apisFor: ({ resource, among }) =>
        this.#parts.gateway.accessNames(site, resource, categoryIn(among)),
      now: this.#parts.clock.now(),
      recordAccess,
      onPatient: (asked) => this.#comparison.add(asked),
      met: new Map(byReference.map(({ search }) => [search.resource, new Set<string>()])),
      maxMet: this.#order.limits.maxReferences,
    };
  }

  /** One after the other: a probe is a guest, and the site's limits hold it back anyway. */
  async #askAll(candidates: readonly Candidate[], asking: Asking): Promise<void> {
    for (const [index, candidate] of candidates.entries()) {
      this.#tell("asking", index, candidates.length);
      this.#outcomes.push(await askAbout(candidate, `patient ${index}`, asking));
    }
  }

  async #readFields(): Promise<ReadonlyMap<unknown, FieldSeen>> {
    const { site, limits, messageLimits, withExamples, signal } = this.#order;
    const to = this.#parts.clock.now();
    return readFields(this.#plan.fields, {
      ...this.#parts,
      site,
      to,
      from: to - limits.hl7Hours * 3_600_000,
      maxMessages: limits.maxMessages,
      limits: messageLimits,
      maxExamples: withExamples ? limits.maxExamples : 0,
      ...this.#codes,
      signal,
    });
  }

  readonly #codes = {
    knownIn: (table: string) => {
      const rows = this.#order.rowsOf(table);
      return rows === undefined ? undefined : knownCodes(rows);
    },
    allowedBy: (allowed: AllowedCodes) => {
      const { table } = allowed;
      const rows = table === undefined ? undefined : this.#order.rowsOf(table);
      const known = this.#allowed.get(allowed) ?? allowedCodes(allowed, rows ?? []);
      this.#allowed.set(allowed, known);
      return known;
    },
  };

  async #conclude(end: ProbeEnd, state: SiteFhirState | undefined): Promise<Probed> {
    const { id, site, environment, revision, startedBy, limits } = this.#order;
    const endedAt = this.#parts.clock.now();
    const elements = await reportElements({
      plan: this.#plan,
      state,
      now: endedAt,
      searches: this.#searches,
      unchecked: this.#unchecked,
      comparison: this.#comparison,
      fields: this.#fields,
      journal: this.#parts.journal,
      hasTable: (table) => this.#order.rowsOf(table) !== undefined,
    });
    this.#tell("done", this.#outcomes.length, this.#outcomes.length);
    return {
      report: {
        id,
        site,
        environment,
        revision,
        startedAt: this.#startedAt,
        endedAt,
        startedBy,
        end: this.#order.signal.aborted ? "stopped" : end,
        sample: this.#sampleReport(),
        requests: { made: this.#reader.made, limit: limits.maxRequests },
        server: serverReport(state),
        searches: searchReports(this.#searches),
        elements,
      },
      examples: examplesOf(this.#searches, this.#fields),
    };
  }

  #sampleReport(): ProbeReport["sample"] {
    const { how } = this.#order.sample;
    const nobody = { how, words: "nobody", seed: this.#order.seed, candidates: 0, chosen: 0 };
    const asked = this.#outcomes.filter((each) => each === "asked").length;
    const notFound = this.#outcomes.length - asked;
    return { ...(this.#sample?.report ?? nobody), found: asked, notFound, asked };
  }

  #tell(phase: ProbeProgress["phase"], done: number, of: number): void {
    this.#order.onProgress({ phase, done, of, requests: this.#reader.made });
  }
}
