import type { Dispatcher } from "undici";
import { reasonOf } from "../waiting.ts";

/** An answer that came whole. */
export interface WholeAnswer {
  readonly statusCode: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly text: string;
}

/**
 * Sends a request and reads its answer whole. No stream stands in between: that takes a twentieth
 * more of the processor for a page of 70 KB.
 *
 * @param onStatus Told when the head of the answer is there, of which the body may never come.
 * @throws undici's errors, and what `signal` was aborted with.
 */
export function wholeAnswer(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  {
    signal,
    onStatus,
  }: { readonly signal: AbortSignal | undefined; readonly onStatus: (status: number) => void },
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let head: Omit<WholeAnswer, "text"> = { statusCode: 0, headers: {} };
    let started: Dispatcher.DispatchController | undefined;
    const abort = () => {
      if (signal === undefined) return;
      started?.abort(reasonOf(signal));
      reject(reasonOf(signal));
    };
    if (signal?.aborted === true) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    pool.dispatch(request, {
      onRequestStart(controller) {
        started = controller;
        if (signal?.aborted === true) abort();
      },
      onResponseStart(_, statusCode, headers) {
        if (statusCode < 200) return;
        head = { statusCode, headers };
        onStatus(statusCode);
      },
      onResponseData(_, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        signal?.removeEventListener("abort", abort);
        resolve({ ...head, text: textOf(chunks) });
      },
      onResponseError(_, error) {
        signal?.removeEventListener("abort", abort);
        reject(error);
      },
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, ...more] = chunks;
  return (more.length === 0 ? first : Buffer.concat(chunks))?.toString("utf8") ?? "";
}
