import {
  type ChangeCause,
  type Promoted,
  type Promotion,
  type PromotionAsked,
  type RefusedChange,
  type Reloaded,
  groupsOf,
} from "@trestle/api";
import type { Clock } from "@trestle/base";
import {
  type FileChange,
  type Integration,
  type Loaded,
  authorOf,
  changesBetween,
  restartProblems,
} from "@trestle/integration";
import { hubErrors } from "./errors.ts";
import type { InForce } from "./in-force.ts";
import type { SqliteConfigurationChanges } from "./io/sqlite-configuration-changes.ts";
import type { SqlitePromotions } from "./io/sqlite-promotions.ts";
import type { Log } from "./logger.ts";
import type { Prepared } from "./prepare-all.ts";
import type { Approvals, Promotions } from "./promotions.ts";
import { isRefusal, refusalOf } from "./refusal.ts";

/** Who or what asks for a reload. */
export interface ReloadAsked {
  readonly cause: ChangeCause;
  /** A person's name; empty where nobody asked. */
  readonly by: string;
}

export interface ReloaderOptions {
  readonly inForce: InForce;
  /** Reads the folder. */
  readonly load: () => Promise<Loaded>;
  readonly prepare: (next: Integration) => Promise<Prepared>;
  readonly changes: Pick<SqliteConfigurationChanges, "add">;
  readonly promotions: Promotions;
  readonly promotionsStore: Pick<SqlitePromotions, "approve">;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each end of a reload. */
  readonly onEnd: () => void;
}

/** Takes changed configurations, one at a time. */
export class Reloader {
  readonly #options: ReloaderOptions;
  #underWay: Promise<unknown> = Promise.resolve();
  #waiting: Promise<Reloaded> | undefined;
  #isStopped = false;

  constructor(options: ReloaderOptions) {
    this.#options = options;
  }

  /**
   * Reads the folder and puts it in force, or says why not; then what was in force stays. Who asks
   * while another one waits gets the answer of that one: it has not read the folder yet.
   *
   * @throws {TrestleError} `hub.stopping`, `sqlite.notStored` and others that are not about the folder; nothing
   * changed then.
   */
  reload(asked: ReloadAsked): Promise<Reloaded> {
    this.#waiting ??= this.#inTurn(() => {
      this.#waiting = undefined;
      return this.#reload(asked);
    });
    return this.#waiting;
  }

  /**
   * Lets production of a site do as the folder in force says, by somebody's approval of that.
   *
   * @throws {TrestleError} `hub.promotionMoved`, `hub.nothingWaits`, and as `reload`.
   */
  promote(asked: PromotionAsked): Promise<Promoted> {
    return this.#inTurn(() => this.#promote(asked));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#underWay;
    const run = async () => {
      await before;
      if (this.#isStopped) throw hubErrors.stopping();
      return work();
    };
    const running = run();
    this.#underWay = running.catch(() => undefined);
    return running;
  }

  /**
   * As `reload`, for who has nobody to tell: what goes wrong is logged.
   *
   * @returns Whether it came to an end: applied, unchanged or refused. It is worth another try where
   * it did not.
   */
  async reloadUnattended(asked: ReloadAsked): Promise<boolean> {
    try {
      await this.reload(asked);
      return true;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      this.#options.log.error({ code, cause: asked.cause }, "the configuration was not reloaded");
      return false;
    }
  }

  /** Resolves when what is under way has ended. What comes later is refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }

  async #reload(asked: ReloadAsked): Promise<Reloaded> {
    try {
      return await this.#take(asked, await this.#options.load());
    } finally {
      this.#options.onEnd();
    }
  }

  async #take(asked: ReloadAsked, loaded: Loaded): Promise<Reloaded> {
    if (!loaded.ok) return this.#refuse(asked, loaded.problems);
    const { inForce } = this.#options;
    const { integration, placed } = loaded;
    const before = inForce.current();
    const restart = restartProblems(before.settings, integration.settings);
    if (restart.length > 0) return this.#refuse(asked, restart.map(placed));
    if (integration.revision === before.revision) {
      inForce.settle();
      return { outcome: "unchanged" };
    }
    const applied = this.#options.promotions.apply(integration);
    if (!applied.ok) return this.#refuse(asked, applied.problems);
    try {
      return await this.#apply(asked, { next: applied.integration, folder: integration });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.#refuse(asked, [refusalOf(error, loaded)]);
    }
  }

  /** The record comes first: what is in force is always known to the record. */
  async #apply({ cause, by }: ReloadAsked, { next, folder }: Next): Promise<Reloaded> {
    const { inForce, changes, clock, log } = this.#options;
    const { revision, settings } = next;
    const { maxChanges, maxDifferences } = settings.configuration;
    const { contents } = inForce.current();
    const files = changesBetween(contents, next.contents, { maxDifferences });
    const author = (await authorOf(next.directory, revision)) ?? "";
    const prepared = await this.#options.prepare(next);
    try {
      const change = { revision, at: clock.now(), cause, by, author, files };
      const kept = await changes.add(change, { maxChanges, alongside: prepared.alongside });
      prepared.use();
      inForce.replace(next, folder);
      log.info({ revision, cause, files: files.map(counts) }, "the configuration was changed");
      return { outcome: "applied", change: kept };
    } catch (error) {
      await prepared.drop();
      throw error;
    }
  }

  async #promote(asked: PromotionAsked): Promise<Promoted> {
    const { inForce, promotions } = this.#options;
    const folder = inForce.folder();
    const { site, from, to } = asked;
    const hasMoved = to !== folder.revision || from !== (promotions.revisionOf(site) ?? "");
    if (hasMoved) throw hubErrors.promotionMoved({ site });
    const waiting = promotions.waiting(site, folder);
    if (waiting === undefined) throw hubErrors.nothingWaits({ site });
    const approved = await promotions.with(site, folder);
    const applied = promotions.apply(folder, approved);
    if (!applied.ok) return { outcome: "refused", problems: applied.problems };
    const groups = groupsOf(waiting.differences);
    try {
      return await this.#approve({ ...asked, groups }, { next: applied.integration, approved });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { code, hint } = error;
      const text = "The hub cannot take this production beside what is in force.";
      const at = { file: `sites/${site}/site.yaml`, line: 1, column: 1 };
      return { outcome: "refused", problems: [{ ...at, code, text, hint }] };
    }
  }

  /** The record comes first, as for a change of the folder. */
  async #approve(
    asked: PromotionAsked & Pick<Promotion, "groups">,
    { next, approved }: { readonly next: Integration; readonly approved: Approvals },
  ): Promise<Promoted> {
    const { inForce, promotions, promotionsStore, clock, log, onEnd } = this.#options;
    const { site, from, to } = asked;
    const prepared = await this.#options.prepare(next);
    try {
      const files = approved.get(site)?.files ?? new Map<string, string>();
      const { maxKept } = next.settings.promotion;
      const promotion = await promotionsStore.approve(
        { ...asked, cause: "approved", at: clock.now() },
        { files, maxKept, alongside: prepared.alongside },
      );
      prepared.use();
      promotions.use(approved);
      inForce.promote(next);
      log.info({ site, from, to }, "production takes what was approved");
      onEnd();
      return { outcome: "approved", promotion };
    } catch (error) {
      await prepared.drop();
      throw error;
    }
  }

  #refuse(asked: ReloadAsked, problems: RefusedChange["problems"]): Reloaded {
    const { inForce, clock, log } = this.#options;
    const refused = { at: clock.now(), ...asked, problems };
    const { revision } = inForce.current();
    inForce.refuse(refused);
    log.error({ revision, problems: problems.length }, "the changed configuration is refused");
    for (const problem of problems.slice(0, mostLogged)) log.error({ ...problem }, "problem");
    return { outcome: "refused", refused };
  }
}

/** What a change was is at the API; a log tells how much it was. */
function counts({ file, change, count, of }: FileChange) {
  return { file, change, count, of };
}

interface Next {
  readonly next: Integration;
  /** The same without what was approved. */
  readonly folder: Integration;
}

/** The rest is in the answer and at the API. */
const mostLogged = 100;
