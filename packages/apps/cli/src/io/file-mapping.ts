import type { Problem, Result } from "@trestle/base";
import { type Hl7Message, type MessageLimits, parseMessage, readMessage } from "@trestle/hl7v2";
import { tryMapping } from "@trestle/integration/mapping";
import { type Mapped, type Mapper, unmappedFields } from "@trestle/mapping";
import { type Out, createOut } from "../out.ts";
import { showBundle, showSources, showUnmapped } from "../show-mapped.ts";
import type { Answering, Opened } from "./mapping-worker.ts";
import { type SiteOptions, mappingSite } from "./mapping-site.ts";
import type { MappingLimits } from "./offline-limits.ts";

/** What the messages of a file are mapped by, and what is shown of them. */
export interface FileMappingStart {
  readonly is: "file";
  readonly by: SiteOptions;
  readonly limits: MessageLimits;
  readonly mapping: MappingLimits;
  readonly show: {
    readonly explain: boolean;
    readonly unmapped: boolean;
    /** Of `unmapped`: how often a message is mapped anew, at most. */
    readonly maxMappings: number;
    readonly isJson: boolean;
  };
}

/** What a message maps to, printed. */
export interface MappedMessage {
  /** With their line ends. */
  readonly rows: string;
  readonly warnings: readonly Problem[];
  readonly outcome: Mapped["outcome"];
  /** Why not all of it was looked at. */
  readonly stopped?: Problem | undefined;
}

type MappedBy = Extract<Awaited<ReturnType<typeof mappingSite>>, { ok: true }>;

/** @throws {UsageError} when there is no such site or no such time zone. */
export async function openFileMapping(start: FileMappingStart): Promise<Opened> {
  const by = await mappingSite(start.by);
  if (!by.ok) return by;
  const answer: Answering = (request) => {
    if (request.is !== "message") throw new TypeError("a thread for files maps messages");
    return mapMessage(request, { start, by });
  };
  return { answer, hasTransforms: by.hasTransforms };
}

function mapMessage(
  { number, source }: { number: number; source: string | Uint8Array },
  { start, by }: { start: FileMappingStart; by: MappedBy },
): Result<MappedMessage> {
  const { limits, mapping } = start;
  const until = performance.now() + mapping.timeoutSeconds * 1000 * shareOfTime;
  const read =
    typeof source === "string" ? parseMessage(source, limits) : readMessage(source, limits);
  if (!read.ok) return read;
  return tryMapping(() => {
    const mapper = by.mapperFor(read.value);
    const rows: string[] = [];
    const out = createOut(
      { standardOutput: (text) => rows.push(text), standardError: () => {} },
      start.show.isJson,
    );
    const { mapped, stopped } = show(read.value, { number, mapper, out, until, start, by });
    const notTaken = mapper.notTaken === undefined ? [] : [mapper.notTaken];
    const { warnings, outcome } = mapped;
    return { rows: rows.join(""), warnings: [...notTaken, ...warnings], outcome, stopped };
  });
}

interface Showing {
  readonly number: number;
  readonly mapper: Mapper;
  readonly out: Out;
  /** Of `unmapped`: when nothing further is looked at, by `performance.now()`. */
  readonly until: number;
  readonly start: FileMappingStart;
  readonly by: MappedBy;
}

/** An explanation takes several times what a result takes, and is made where it is asked for. */
function show(
  message: Hl7Message,
  { number, mapper, out, until, start, by }: Showing,
): { readonly mapped: Mapped; readonly stopped?: Problem | undefined } {
  const { site } = by;
  const { explain, unmapped, maxMappings } = start.show;
  if (explain && !unmapped) {
    const explained = mapper.explain(message, site);
    showSources(number, explained, out);
    return { mapped: explained };
  }
  const mapped = mapper.map(message, site);
  if (!unmapped) {
    showBundle(mapped, out);
    return { mapped };
  }
  const { limits, mapping } = start;
  const how = { mapper, site, limits, maxMappings, until };
  const { fields, stopped } = unmappedFields(message, how);
  showUnmapped(number, fields, out);
  return { mapped, stopped: stopped && withPlace(stopped, mapping) };
}

function withPlace(stopped: Problem, { settingPlace }: MappingLimits): Problem {
  if (stopped.code !== "mapping.lookedNoLonger") return stopped;
  return { ...stopped, hint: `Raise timeoutSeconds (${settingPlace}). ${stopped.hint}` };
}

/** Of a message's time; the rest is for what was found, so that it is shown before the thread ends. */
const shareOfTime = 0.7;
