import type { Problem, Result } from "@trestle/base";
import { type MessageLimits, parseMessage, readMessage } from "@trestle/hl7v2";
import { tryMapping } from "@trestle/integration/mapping";
import { type Mapped, unmappedFields } from "@trestle/mapping";
import { createOut } from "../out.ts";
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
    const mapped = mapper.explain(read.value, by.site);
    const rows: string[] = [];
    const out = createOut(
      { standardOutput: (text) => rows.push(text), standardError: () => {} },
      start.show.isJson,
    );
    const { explain, unmapped, maxMappings } = start.show;
    const how = { mapper, site: by.site, limits, maxMappings };
    const found = unmapped ? unmappedFields(read.value, how) : undefined;
    if (found !== undefined) showUnmapped(number, found.fields, out);
    else if (explain) showSources(number, mapped, out);
    else showBundle(mapped, out);
    const notTaken = mapper.notTaken === undefined ? [] : [mapper.notTaken];
    const { warnings, outcome } = mapped;
    const { stopped } = found ?? {};
    return { rows: rows.join(""), warnings: [...notTaken, ...warnings], outcome, stopped };
  });
}
