import { parentPort, workerData } from "node:worker_threads";
import type { Result } from "@trestle/base";
import type { Case } from "@trestle/integration/mapping";
import { UsageError } from "../command.ts";
import { type CaseMappingStart, openCaseMapping } from "./case-mapping.ts";
import { type FileMappingStart, openFileMapping } from "./file-mapping.ts";

// The thread that maps offline. It has a thread of its own so that a mapping that never ends, or
// grows without end, can be ended.

/** What the thread is started with. */
export type MappingStart = FileMappingStart | CaseMappingStart;

/** What it is told. */
export type ThreadRequest =
  | MappingRequest
  /** It ends when nothing of what it mapped is under way any more. */
  | { readonly is: "end" };

/** What it is asked for; a thread for files for messages, one for cases for cases. */
export type MappingRequest =
  | { readonly is: "message"; readonly number: number; readonly source: string | Uint8Array }
  | { readonly is: "case"; readonly case: Case };

/** What it says first. */
export type Started = { readonly is: "ready" } | { readonly usage: string } | FolderProblems;

export interface FolderProblems {
  /** As they are printed. */
  readonly problems: string;
}

/** What answers requests, or why there is nothing that could. */
export type Opened = ((request: MappingRequest) => Result<unknown>) | FolderProblems;

const start = workerData as MappingStart;
try {
  const opened = await (start.is === "file" ? openFileMapping(start) : openCaseMapping(start));
  if ("problems" in opened) parentPort?.postMessage(opened satisfies Started);
  else {
    parentPort?.on("message", (request: ThreadRequest) => {
      if (request.is === "end") parentPort?.unref();
      else parentPort?.postMessage(opened(request));
    });
    parentPort?.postMessage({ is: "ready" } satisfies Started);
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  parentPort?.postMessage({ usage: error.message } satisfies Started);
}
