import { parentPort, workerData } from "node:worker_threads";
import type { Result } from "@trestle/base";
import type { Case } from "@trestle/integration/mapping";
import { UsageError } from "../command.ts";
import { type CaseMappingStart, openCaseMapping } from "./case-mapping.ts";
import { type FileMappingStart, openFileMapping } from "./file-mapping.ts";
import { type Stream, sendOutput } from "./thread-output.ts";

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

/** What it says, in this order; output may come at any time. */
export type ThreadMessage =
  | { readonly is: "output"; readonly stream: Stream; readonly bytes: Uint8Array }
  | { readonly is: "started"; readonly started: Started }
  | { readonly is: "answer"; readonly result: Result<unknown> };

/** What it says first. */
export type Started =
  | { readonly is: "ready"; readonly hasTransforms: boolean }
  | { readonly usage: string }
  | FolderProblems;

export interface FolderProblems {
  /** As they are printed. */
  readonly problems: string;
}

/** What answers requests, or why there is nothing that could. */
export type Opened =
  | { readonly answer: Answering; readonly hasTransforms: boolean }
  | FolderProblems;

export type Answering = (request: MappingRequest) => Result<unknown>;

/** What is given to it. */
export interface ThreadData {
  readonly start: MappingStart;
  /** Bytes of output that were said and are not written yet. */
  readonly underWay: Int32Array;
}

const say = (message: ThreadMessage) => parentPort?.postMessage(message);
const { start, underWay } = workerData as ThreadData;
sendOutput({ underWay, send: (stream, bytes) => say({ is: "output", stream, bytes }) });
try {
  const opened = await (start.is === "file" ? openFileMapping(start) : openCaseMapping(start));
  if ("problems" in opened) say({ is: "started", started: opened });
  else {
    const { answer, hasTransforms } = opened;
    parentPort?.on("message", (request: ThreadRequest) => {
      if (request.is === "end") parentPort?.unref();
      else say({ is: "answer", result: answer(request) });
    });
    say({ is: "started", started: { is: "ready", hasTransforms } });
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say({ is: "started", started: { usage: error.message } });
}
