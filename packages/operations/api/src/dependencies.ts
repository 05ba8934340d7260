import type { Access, Person } from "@trestle/access";
import type { Clock, Phi, Problem, Result } from "@trestle/base";
import type { RowUses, UnmappedCodeSeen, UnmappedCodes } from "@trestle/code-tables/store";
import type { Gateway } from "@trestle/gateway";
import type { UsedScopes } from "@trestle/gateway/store";
import type { MessageLimits } from "@trestle/hl7v2";
import type { DeliveryId, Journal, Outbox, Position } from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import type { Example, ProbeReport } from "@trestle/probe/store";
import type { RecordStore } from "@trestle/record";
import type { ConfigurationControl } from "./configuration.ts";
import type { PromotionControl } from "./promotion.ts";
import type { TableRows } from "./table-use.ts";
import type {
  CodeChangeSet,
  CodeDecision,
  CodeSuggestion,
  Overview,
  RequestOf,
  Routes,
  SettingsChangeSet,
  SettingsContent,
  SettingsFile,
  WhatIfRun,
  ProbeAsked,
  RunningProbe,
} from "./contract/index.ts";

/** What the API must know of the configuration. */
export interface ApiIntegration {
  readonly revision: string;
  readonly sites: ReadonlyMap<string, ApiSite>;
  readonly channels: ReadonlyMap<string, { readonly title?: string | undefined }>;
  readonly destinations: ReadonlyMap<string, unknown>;
  readonly settings: {
    readonly messages: MessageLimits;
    readonly privacy: { readonly maskUntilPurpose: boolean };
    readonly signIn: { readonly linkMinutes: number };
  };
}

/** A site as the configuration names it. */
export interface ApiSite {
  readonly id: string;
  readonly title: string;
  readonly environment: "nonproduction" | "production";
  readonly timeZone: string;
  readonly feeds: readonly { readonly channels: readonly string[] }[];
}

/** Whether the hub can do its work, and why not. Reasons hold no patient data. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** How a listener does. Reasons are our own words. */
export interface ListenerState {
  readonly name: string;
  readonly connections: number;
  /** Connections that were not taken, by reason. */
  readonly refused: readonly { readonly reason: string; readonly count: number }[];
  /** Of a listener with TLS; milliseconds since 1970 UTC. */
  readonly certificate: { readonly expiresAt: number; readonly problem?: Problem } | undefined;
}

/** The answer at `/.well-known/jwks.json`. */
export interface KeySetAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A local code of a site's table. */
export type CodeOfTable = Pick<UnmappedCodeSeen, "site" | "table" | "local">;

/** A code that somebody wonders about, and how much is asked. */
export interface CodeInDoubt extends CodeOfTable {
  readonly display?: string | undefined;
  readonly limit: number;
}

/** What people decided about codes, and what it shall become. */
export interface CodesDecided {
  readonly decisions: readonly CodeDecision[];
  readonly as: "patch" | "commit";
  readonly person: Person;
}

/** Edits of a settings file, and what they shall become. */
export type SettingsChanged = RequestOf<Routes["changeSettingsFile"]>["body"] & {
  readonly person: Person;
};

/** The YAML files of the integration folder as it lies there. */
export interface SettingsFiles {
  list(): Promise<readonly SettingsFile[]>;
  /** @throws {TrestleError} `hub.noSettingsFile`, `hub.settingsNotReadable` */
  read(path: string): Promise<SettingsContent>;
  /**
   * Makes a change set. Writes nothing unless a commit is asked for.
   *
   * @throws {TrestleError} as `read`, and `hub.settingsMoved` where the file is another one by now.
   */
  change(changed: SettingsChanged): Promise<SettingsChangeSet>;
}

/** Comparisons of what stored messages give under two revisions. */
export interface WhatIfControl {
  /**
   * Begins one; what becomes of it is told by `find`.
   *
   * @throws {TrestleError} `hub.whatIfBusy` while another one runs.
   */
  start(asked: {
    readonly revision: string;
    /** The one in force where left out. */
    readonly against?: string | undefined;
    /** Milliseconds since 1970 UTC. */
    readonly since: number;
    readonly site?: string | undefined;
    readonly by: string;
  }): WhatIfRun;
  /** The last ones, newest first. */
  list(): readonly WhatIfRun[];
  find(id: string): WhatIfRun | undefined;
  /** Resolves when it has ended; undefined where there is none. */
  stop(id: string): Promise<WhatIfRun | undefined>;
}

/** How far a probe is. */
export interface ProbeUnderWay extends Omit<RunningProbe, "startedAt"> {
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
}

/** Checks of sites' real data: one at a time for each site. */
export interface Probes {
  /**
   * Begins one, and answers when it has begun.
   *
   * @throws {TrestleError} `probe.alreadyRunning`, `probe.noSite`, `probe.otherEnvironment`
   */
  start(asked: ProbeAsked & { readonly site: string; readonly caller: ProbeCaller }): {
    readonly id: string;
  };
  running(site: string): ProbeUnderWay | undefined;
  /** Why a probe of this process ended without a report. */
  problem(site: string, id: string): Problem | undefined;
  /** False where it does not run. */
  stop(site: string, id: string): boolean;
  /** Newest first. */
  reports(site: string, limit: number): readonly ProbeReport[];
  report(site: string, id: string): ProbeReport | undefined;
  /** In the memory of this process alone; undefined where there are none. */
  examples(site: string, id: string): ProbeExamples | undefined;
  /** Stops what runs, and waits for it. */
  close(): Promise<void>;
}

/** Values that show what a probe found, and the messages that they stand in, as `message 12`. */
export interface ProbeExamples {
  readonly items: Phi<readonly Example[]>;
  readonly messages: readonly string[];
}

/** Who asks for a probe, for the access record. */
export interface ProbeCaller {
  readonly person: Person;
  readonly purpose: string;
}

/** What the hub gives the API. */
export interface ApiDependencies {
  readonly journal: Pick<Journal, "get" | "last">;
  readonly outbox: Pick<
    Outbox,
    "attempts" | "backlog" | "counts" | "cursor" | "decide" | "deliveries" | "messages"
  >;
  readonly record: RecordStore;
  /** What a stored message maps to under the configuration in force; or why it does not. */
  readonly explain: (position: Position) => Promise<Result<Explained>>;
  /** The configuration in force. */
  readonly integration: () => ApiIntegration;
  readonly configuration: ConfigurationControl;
  readonly promotions: PromotionControl;
  readonly access: Access;
  readonly clock: Clock;
  /** Open MLLP connections. */
  readonly connections: () => number;
  readonly listeners: () => readonly ListenerState[];
  readonly readiness: () => Readiness;
  /** The public keys by which the hub signs in at sites, as its key set is answered. */
  readonly keySet: () => Promise<KeySetAnswer>;
  /** Which scopes requests to sites stood for. */
  readonly usedScopes: UsedScopes;
  /** Asks sites over FHIR for the application. */
  readonly gateway: Gateway;
  /** Codes that messages had and that no code table has a row for, and whether one has by now. */
  readonly unmappedCodes: UnmappedCodes & { readonly hasRow: (code: CodeOfTable) => boolean };
  /** Which rows of code tables messages used. */
  readonly usedRows: RowUses;
  /** The rows of one of a site's tables, and whose they are. */
  readonly tableRows: TableRows;
  /** What a local code may mean, best first. */
  readonly suggestCodes: (code: CodeInDoubt) => Promise<readonly CodeSuggestion[]>;
  readonly probes: Probes;
  /** Makes a change set of the integration folder. Writes nothing unless a commit is asked for. */
  readonly decideCodes: (decided: CodesDecided) => Promise<CodeChangeSet>;
  readonly settingsFiles: SettingsFiles;
  readonly whatIfs: WhatIfControl;
  /** Maps a stored message again and owes its deliveries once more. */
  readonly replay: (position: Position) => Promise<readonly DeliveryId[]>;
  /** Looks for work at every destination, after a person's decision. */
  readonly retryNow: () => void;
}

/** What a handler gets: the hub's parts and what the server adds. */
export interface Dependencies extends ApiDependencies {
  /** Of a window that ends now, at most half a second old. */
  readonly overview: (minutes: number) => Promise<Overview>;
  /** The address under which people reach this hub, without a slash at its end. */
  readonly publicUrl: () => string;
  /** Most resources shown of one patient. */
  readonly maxRecordItems: number;
}
