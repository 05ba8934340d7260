import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqliteAccess, accessSchema, keepOperatorToken } from "@trestle/access";
import { phi, systemClock, useSecret } from "@trestle/base";
import {
  SqliteRowUses,
  SqliteUnmappedCodes,
  rowUsesSchema,
  unmappedCodesSchema,
} from "@trestle/code-tables/store";
import type { AllergyIntolerance, Bundle, Patient } from "@trestle/fhir";
import { type Gateway, noGateway } from "@trestle/gateway";
import type { UsedScopes } from "@trestle/gateway/store";
import { defaultLimits } from "@trestle/hl7v2";
import {
  type Journal,
  type NewDelivery,
  type NewEntry,
  type Position,
  SqliteOutbox,
  lastDeliverySchema,
  openSqliteJournal,
  outboxSchema,
} from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import { SqliteRecord, prepareChange, recordSchema } from "@trestle/record";
import { SqliteFile } from "@trestle/sqlite";
import {
  type Api,
  type ApiDependencies,
  type ApiIntegration,
  type ApiSettings,
  type CodesDecided,
  type ConfigurationControl,
  type PromotionControl,
  type EventFeed,
  type SettingsChanged,
  createEventFeed,
  startApi,
} from "../src/index.ts";
import { type CallOptions, type Reply, call } from "./hub-call.ts";

const wire = [
  "MSH|^~\\&|HOSP|LAKE|APP|APP|20260102103015||ADT^A08|M-1|P|2.5.1",
  "EVN|A08|20260102103014",
  "PID|1||E90001^^^EPI^EPI||Beam^Ada^Test||19800229|F|||1 Quay St^^Lakeshore",
  "PV1|1|I|4W^12^A||||1001^Grey^Orla",
  "ZPD|1|secret words",
].join("\r");

const identifier = { system: "urn:id:epi", value: "E90001", type: { coding: [{ code: "EPI" }] } };

const patient: Patient = {
  resourceType: "Patient",
  id: "1",
  identifier: [identifier],
  name: [{ use: "official", family: "Beam", given: ["Ada", "Test"] }],
  gender: "female",
  birthDate: "1980-02-29",
};

const allergy: AllergyIntolerance = {
  resourceType: "AllergyIntolerance",
  id: "2",
  patient: { reference: "urn:uuid:1" },
  code: { text: "Peanut" },
};

const bundle: Bundle = {
  resourceType: "Bundle",
  type: "collection",
  entry: [
    { fullUrl: "urn:uuid:1", resource: patient },
    { fullUrl: "urn:uuid:2", resource: allergy },
  ],
};

/** Every message maps to the same bundle, so that what the API shows is known. */
const explained: Explained = {
  outcome: "mapped",
  bundle: phi(bundle),
  warnings: [],
  unmappedCodes: [],
  sources: [{ path: "entry[0].resource.name[0].family", field: "PID-5.1" }],
};

export interface Hub {
  readonly api: Api;
  readonly access: SqliteAccess;
  readonly outbox: SqliteOutbox;
  readonly codes: SqliteUnmappedCodes;
  readonly usedRows: SqliteRowUses;
  readonly feed: EventFeed;
  readonly token: string;
  readonly logged: string[];
  readonly replayed: Position[];
  readonly decided: CodesDecided[];
  readonly edited: SettingsChanged[];
  readonly readiness: { ready: boolean; reasons: string[] };
  /** Receives and processes one message. */
  message(entry?: Partial<NewEntry>, options?: MessageOptions): Promise<Position>;
  /** Calls the API with the operator token. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  close(): Promise<void>;
}

interface MessageOptions {
  readonly deliveries?: readonly NewDelivery[];
  readonly isProcessed?: boolean;
}

export async function openHub(
  options: {
    settings?: Partial<ApiSettings>;
    maskUntilPurpose?: boolean;
    consoleDirectory?: string;
    feed?: EventFeed;
    gateway?: Gateway;
    configuration?: ConfigurationControl;
    promotions?: PromotionControl;
  } = {},
): Promise<Hub> {
  const folder = mkdtempSync(join(tmpdir(), "trestle-api-"));
  const state = new SqliteFile({
    file: join(folder, "state.db"),
    migrations: [
      outboxSchema,
      recordSchema,
      accessSchema,
      lastDeliverySchema,
      unmappedCodesSchema,
      rowUsesSchema,
    ],
  });
  const limits = { sessionHours: 12, failedRedeemsPerMinute: 3 };
  const access = new SqliteAccess(state, { clock: systemClock, limits });
  await keepOperatorToken(folder, access);
  const token = readFileSync(join(folder, "operator.token"), "utf8").trim();
  const journal = openSqliteJournal(join(folder, "journal.db"));
  const outbox = new SqliteOutbox(state);
  const record = new SqliteRecord(state);
  const codes = new SqliteUnmappedCodes(state, { maxUnmappedCodes: 1000 });
  const usedRows = new SqliteRowUses(state, { maxUsedRows: 1000 });
  const logged: string[] = [];
  const replayed: Position[] = [];
  const decided: CodesDecided[] = [];
  const edited: SettingsChanged[] = [];
  const readiness = { ready: true, reasons: [] };
  const note = (facts: object, text: string) =>
    void logged.push(JSON.stringify({ ...facts, text }));
  const feed = options.feed ?? createEventFeed({ clock: systemClock });
  const dependencies: ApiDependencies = {
    journal,
    outbox,
    record,
    explain: () => Promise.resolve({ ok: true, value: explained }),
    access,
    integration: () => integration(options.maskUntilPurpose ?? true),
    configuration: options.configuration ?? noChanges,
    promotions: options.promotions ?? noPromotions,
    clock: systemClock,
    connections: () => 2,
    listeners: () => [
      {
        name: "hospital",
        connections: 2,
        refused: [{ reason: "handshakeFailed", count: 3 }],
        certificate: {
          expiresAt: 1_800_000_000_000,
          problem: { code: "mllp.certificateEndsSoon", text: "It ends soon.", hint: "Replace it." },
        },
      },
    ],
    readiness: () => readiness,
    gateway: options.gateway ?? noGateway,
    keySet: () =>
      Promise.resolve({ headers: { "content-type": "application/json" }, body: '{"keys":[]}' }),
    replay: (position) => {
      replayed.push(position);
      return Promise.resolve([]);
    },
    unmappedCodes: {
      list: (wanted) => codes.list(wanted),
      tables: () => codes.tables(),
      codesOf: (site) => codes.codesOf(site),
      hasRow: ({ local }) => local === "MAPPED",
    },
    usedRows,
    usedScopes: noUse,
    tableRows: {
      own: () => new Map([["observation-code", ownRows]]),
      ofProduct: () => productRows,
    },
    probes: {
      start: () => ({ id: "p1" }),
      running: () => undefined,
      problem: () => undefined,
      stop: () => false,
      reports: () => [],
      report: () => undefined,
      examples: () => undefined,
      close: () => Promise.resolve(),
    },
    suggestCodes: ({ local, display = "" }) =>
      Promise.resolve([
        { system: "urn:x", code: local, display, status: "mapped", score: 1, reasons: ["Given."] },
      ]),
    decideCodes: (asked) => {
      decided.push(asked);
      return Promise.resolve({ problems: [], remarks: [], files: [], patch: "--- a" });
    },
    settingsFiles: {
      list: () => Promise.resolve([]),
      read: (path) => Promise.reject(new TypeError(`this hub has no ${path}`)),
      change: (asked) => {
        edited.push(asked);
        return Promise.resolve({ problems: [], remarks: [], files: [], patch: "--- a" });
      },
    },
    whatIfs: {
      start: () => {
        throw new TypeError("this hub compares nothing");
      },
      list: () => [],
      find: () => undefined,
      stop: () => Promise.resolve(undefined),
    },
    retryNow: () => {},
  };
  const api = await startApi({
    settings: { host: "127.0.0.1", port: 0, ...options.settings },
    dependencies,
    feed,
    consoleDirectory: options.consoleDirectory ?? join(folder, "no-console"),
    log: { info: note, warn: note, error: note },
  });
  return {
    api,
    access,
    outbox,
    codes,
    usedRows,
    feed,
    token,
    logged,
    replayed,
    decided,
    edited,
    readiness,
    message: (entry, messageOptions) =>
      receive({ journal, outbox, record }, { entry, ...messageOptions }),
    call: (method, path, callOptions = {}) => call(api, { method, path, token, ...callOptions }),
    async close() {
      await api.close();
      await journal.close();
      await state.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const noPromotions: PromotionControl = {
  isRequired: () => false,
  approved: () => undefined,
  waiting: () => [],
  list: () => Promise.resolve([]),
  approve: () => Promise.reject(new Error("nobody approves in this test")),
};

const noChanges: ConfigurationControl = {
  refused: () => undefined,
  changes: () => Promise.resolve([]),
  reload: () => Promise.resolve({ outcome: "unchanged" }),
};

function integration(maskUntilPurpose: boolean): ApiIntegration {
  const tables = { find: () => undefined, names: [], rows: () => [] };
  const lakeshore = {
    id: "lakeshore",
    title: "Lakeshore",
    environment: "production" as const,
    timeZone: "America/Chicago",
    feeds: [{ channels: ["adt-in"] }],
    tables,
  };
  return {
    revision: "a1b2c3",
    sites: new Map([["lakeshore", lakeshore]]),
    channels: new Map([["adt-in", { title: "Admissions" }]]),
    destinations: new Map([["app-webhook", {}]]),
    settings: {
      messages: defaultLimits,
      privacy: { maskUntilPurpose },
      signIn: { linkMinutes: 15 },
    },
  };
}

async function receive(
  { journal, outbox, record }: { journal: Journal; outbox: SqliteOutbox; record: SqliteRecord },
  {
    entry,
    deliveries = [],
    isProcessed = true,
  }: MessageOptions & { entry?: Partial<NewEntry> | undefined },
): Promise<Position> {
  const received: NewEntry = {
    site: "lakeshore",
    channel: "adt-in",
    revision: "a1b2c3",
    receivedAt: Date.now(),
    remote: "127.0.0.1:5000",
    controlId: `M-${journal.last() + 1}`,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: phi(new TextEncoder().encode(wire)),
    receivedBytes: wire.length,
    ...entry,
  };
  const { position } = await journal.append(received);
  if (!isProcessed) return position;
  const key = phi("urn:id:epi|E90001");
  const isAccepted = received.disposition === "accepted";
  const { raw: _raw, remote: _remote, ...facts } = received;
  await outbox.forward([
    {
      facts: {
        ...facts,
        position,
        outcome: isAccepted ? "mapped" : "notProcessed",
        warnings: 0,
        ...(isAccepted ? { patientKey: key } : {}),
      },
      deliveries,
      alongside() {
        if (!isAccepted) return;
        const patient = { key, identifiers: [key] };
        const { site, receivedAt } = received;
        record.apply(prepareChange({ site, receivedAt, position, patient, bundle: phi(bundle) }));
      },
    },
  ]);
  return position;
}

/** A person signed in by a link, as a browser would: the cookie to send. */
export async function browserCookie(hub: Hub): Promise<string> {
  const link = await hub.access.createLink({ role: "administrator", validMinutes: 5 });
  const reply = await hub.call("POST", "/api/v1/sign-in", {
    isSignedIn: false,
    body: { token: useSecret(link.token), name: "Ada Admin" },
  });
  const [cookie = ""] = String(reply.headers["set-cookie"]).split(";");
  return cookie;
}

const row = { system: "http://loinc.org", status: "mapped", note: "" } as const;

/** The rows of the table observation-code: the site's own, and the product's. */
const ownRows = ["GLU", "K", "NA"].map((local) => ({
  ...row,
  local,
  display: local,
  code: "2823-3",
}));
const productRows = ["gluc", "Glu"].map((local) => ({
  ...row,
  local,
  display: "",
  code: "2345-7",
}));

const noUse: UsedScopes = {
  since: () => Promise.resolve(undefined),
  used: () => Promise.resolve([]),
  observed: () => Promise.resolve(undefined),
  observe: () => Promise.resolve(),
};
