import { z } from "zod";
import { fhirErrors } from "./errors.ts";

const file = z.strictObject({
  kind: z.enum(["resources", "deleted", "errors"]),
  type: z.string(),
  url: z.string(),
});

const schema = z.strictObject({
  version: z.literal(1),
  statusUrl: z.string(),
  startedAt: z.number(),
  /** Files, once the export is ready. */
  files: z.array(file).optional(),
  /** The server's time up to which the export is whole. */
  transactionTime: z.string().optional(),
  needsToken: z.boolean().optional(),
  /** What was read already: whole files, and lines of the next one. */
  readFiles: z.int().min(0),
  readLines: z.int().min(0),
});

/**
 * Where a bulk export stands: plain JSON, small, good for a row in a store. With it another process
 * goes on. Its addresses may name a group of patients, or give access to files: keep it like a
 * credential.
 */
export type ExportState = Readonly<z.output<typeof schema>>;

/** One file of an export. */
export type ExportFile = Readonly<z.output<typeof file>>;

/**
 * Reads a state that was kept.
 *
 * @throws {TrestleError} `fhir.badExportState`
 */
export function readExportState(kept: unknown): ExportState {
  const read = schema.safeParse(kept);
  if (read.success) return read.data;
  throw fhirErrors.badExportState({ at: read.error.issues[0]?.path.join(".") ?? "" });
}

/** The state of an export that just began. */
export function startedExport(statusUrl: string, startedAt: number): ExportState {
  return { version: 1, statusUrl, startedAt, readFiles: 0, readLines: 0 };
}

const output = z.object({ type: z.string().default(""), url: z.string() });

/** Servers write `requiresAccessToken` as a boolean or as its name. */
const manifest = z.object({
  transactionTime: z.string().optional(),
  requiresAccessToken: z.union([z.boolean(), z.enum(["true", "false"])]).default(true),
  output: z.array(output).default([]),
  deleted: z.array(output).default([]),
  error: z.array(output).default([]),
});

/**
 * The state with the files of a manifest; undefined where the text is none.
 *
 * @see FHIR Bulk Data Access 2.0.0, Response - Complete Status
 */
export function withManifest(state: ExportState, value: unknown): ExportState | undefined {
  const read = manifest.safeParse(value);
  if (!read.success) return undefined;
  const { output, deleted, error, transactionTime, requiresAccessToken } = read.data;
  const filesOf = (kind: ExportFile["kind"], listed: typeof output): ExportFile[] =>
    listed.map(({ type, url }) => ({ kind, type, url }));
  return {
    ...state,
    files: [
      ...filesOf("resources", output),
      ...filesOf("deleted", deleted),
      ...filesOf("errors", error),
    ],
    ...(transactionTime === undefined ? {} : { transactionTime }),
    needsToken: String(requiresAccessToken) === "true",
  };
}
