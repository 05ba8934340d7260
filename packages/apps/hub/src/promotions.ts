import type { ConfigurationProblem, PromotionDifference, WaitingPromotion } from "@trestle/api";
import type { Clock } from "@trestle/base";
import {
  type Approval,
  type ApprovedSite,
  type Integration,
  applyApprovals,
  areSame,
  filesOfSite,
  productionChanges,
  readApproval,
} from "@trestle/integration";
import { knownQuirks } from "./dialects.ts";
import { hubErrors } from "./errors.ts";
import type { SqlitePromotions } from "./io/sqlite-promotions.ts";
import { viewDifference } from "./view-difference.ts";

/** What is approved, by site. */
export type Approvals = ReadonlyMap<string, ApprovedSite>;

/** Production as it was approved, laid over a folder; or why both do not go together. */
export type Applied =
  | { readonly ok: true; readonly integration: Integration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

interface PromotionsOptions {
  /** Undefined where approval is not demanded. */
  readonly approved: Approvals | undefined;
  readonly quirks: Awaited<ReturnType<typeof knownQuirks>>;
  readonly adapt: (integration: Integration) => Integration;
}

/** What is approved for production of each site, and what waits. */
export class Promotions {
  readonly #options: Omit<PromotionsOptions, "approved">;
  #approved: Approvals | undefined;
  /** By site, what waits, for one approval and one revision of the folder. */
  readonly #compared = new Map<string, Compared>();

  constructor({ approved, ...options }: PromotionsOptions) {
    this.#options = options;
    this.#approved = approved;
  }

  get isRequired(): boolean {
    return this.#approved !== undefined;
  }

  /** Channels that production uses as it was approved, whatever the folder says. */
  channels(): ReadonlySet<string> {
    const feeds = [...(this.#approved?.values() ?? [])].flatMap(
      ({ production }) => production?.feeds ?? [],
    );
    return new Set(feeds.flatMap(({ channels }) => channels));
  }

  /** What is in force with this folder, by what is approved now, or by these approvals. */
  apply(folder: Integration, approved: Approvals | undefined = this.#approved): Applied {
    if (approved === undefined) return { ok: true, integration: folder };
    const { integration, problems } = applyApprovals(folder, approved);
    if (problems.length > 0)
      return {
        ok: false,
        problems: problems.map((problem) => ({ ...problem, line: 1, column: 1 })),
      };
    return { ok: true, integration: this.#options.adapt(integration) };
  }

  /** The approved revision of a site; undefined where there is none. */
  revisionOf(site: string): string | undefined {
    return this.#approved?.get(site)?.revision;
  }

  /** What waits at a site; undefined where nothing does. */
  waiting(site: string, folder: Integration): WaitingPromotion | undefined {
    const approved = this.#approved?.get(site);
    if (this.#approved === undefined) return undefined;
    const { differences } = this.#compare(site, { approved, folder });
    if (differences.length === 0) return undefined;
    return { site, from: approved?.revision ?? "", to: folder.revision, differences };
  }

  /** All that waits, by site. */
  allWaiting(folder: Integration): readonly WaitingPromotion[] {
    const sites = new Set([...folder.sites.keys(), ...(this.#approved?.keys() ?? [])]);
    return [...sites].flatMap((site) => this.waiting(site, folder) ?? []);
  }

  /** The approvals with one more: of a site as the folder has it. */
  async with(site: string, folder: Integration): Promise<Approvals> {
    const approved = await readOrThrow(approvalOf(site, folder), {
      folder,
      quirks: this.#options.quirks,
    });
    return new Map([...(this.#approved ?? []), [site, approved]]);
  }

  /** From now on these are in force. */
  use(approved: Approvals): void {
    this.#approved = approved;
  }

  #compare(site: string, { approved, folder }: Omit<Compared, "differences">): Compared {
    const known = this.#compared.get(site);
    if (known !== undefined && known.approved === approved && known.folder === folder) return known;
    const from = approved?.files ?? new Map<string, string>();
    const to = filesOfSite(folder.contents, site);
    const { quirks } = this.#options;
    const differences = areSame(from, to)
      ? []
      : productionChanges(site, { from, to, quirks }).map(viewDifference);
    const compared = { approved, folder, differences };
    this.#compared.set(site, compared);
    return compared;
  }
}

interface Compared {
  readonly approved: ApprovedSite | undefined;
  readonly folder: Integration;
  readonly differences: readonly PromotionDifference[];
}

/**
 * What holds at the start of a hub. Where approval is demanded for the first time, production as the
 * folder has it counts as approved, so that nothing that runs ends.
 *
 * @throws {TrestleError} `hub.approvedNotUsable`, `sqlite.notStored`
 */
export async function openPromotions(
  store: SqlitePromotions,
  {
    folder,
    clock,
    adapt,
  }: { folder: Integration; clock: Clock; adapt: PromotionsOptions["adapt"] },
): Promise<Promotions> {
  const quirks = await knownQuirks();
  const kept = store.current();
  if (!folder.settings.promotion.required) {
    if (kept !== undefined) await store.release(clock.now());
    return new Promotions({ approved: undefined, quirks, adapt });
  }
  const approvals =
    kept ??
    [...folder.sites.values()].filter(hasProduction).map(({ id }) => approvalOf(id, folder));
  if (kept === undefined) await store.demand(approvals, clock.now());
  const read = await Promise.all(
    approvals.map((approval) => readOrThrow(approval, { folder, quirks })),
  );
  const approved = new Map(read.map((one) => [one.site, one]));
  return new Promotions({ approved, quirks, adapt });
}

function hasProduction({ environment }: { readonly environment: string }): boolean {
  return environment === "production";
}

function approvalOf(site: string, { contents, revision }: Integration): Approval {
  return { site, revision, files: filesOfSite(contents, site) };
}

async function readOrThrow(
  approval: Approval,
  options: Parameters<typeof readApproval>[1],
): Promise<ApprovedSite> {
  const read = await readApproval(approval, options);
  if (read.ok) return read.approved;
  throw notUsable(read.problems);
}

/** @returns An error that names the first of what is wrong. */
export function notUsable(problems: readonly ConfigurationProblem[]) {
  const [first] = problems;
  const facts = first === undefined ? {} : { file: first.file, line: first.line, text: first.text };
  return hubErrors.approvedNotUsable({ ...facts, problems: problems.length });
}
