import type { Problem, Result } from "@trestle/base";
import { type Hl7Message, type MessageLimits, parseMessage, readMessage } from "@trestle/hl7v2";
import { tryMapping } from "@trestle/integration/mapping";
import { type Mapped, type Mapper, unmappedFields } from "@trestle/mapping";
import { type Out, createOut } from "../out.ts";
import { showBundle, showSources, showUnmapped } from "../show-mapped.ts";
import type { Opened } from "./mapping-worker.ts";
import { type SiteOptions, mappingSite } from "./mapping-site.ts";

/** What the messages of a file are mapped by, and what is shown of them. */
export interface FileMappingStart {
  readonly is: "file";
  readonly by: SiteOptions;
  readonly limits: MessageLimits;
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
  return (request) => {
    if (request.is !== "message") throw new TypeError("a thread for files maps messages");
    return mapMessage(request, { start, by });
  };
}

function mapMessage(
  { number, source }: { number: number; source: string | Uint8Array },
  { start, by }: { start: FileMappingStart; by: MappedBy },
): Result<MappedMessage> {
  const { limits } = start;
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
    const { mapped, stopped } = show(read.value, { number, mapper, out, start, by });
    const notTaken = mapper.notTaken === undefined ? [] : [mapper.notTaken];
    const { warnings, outcome } = mapped;
    return { rows: rows.join(""), warnings: [...notTaken, ...warnings], outcome, stopped };
  });
}

interface Showing {
  readonly number: number;
  readonly mapper: Mapper;
  readonly out: Out;
  readonly start: FileMappingStart;
  readonly by: MappedBy;
}

/** An explanation takes several times what a result takes, and is made where it is asked for. */
function show(
  message: Hl7Message,
  { number, mapper, out, start, by }: Showing,
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
  const { limits } = start;
  const { fields, stopped } = unmappedFields(message, { mapper, site, limits, maxMappings });
  showUnmapped(number, fields, out);
  return { mapped, stopped };
}
