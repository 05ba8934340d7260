/** Where something is printed. */
export type Stream = "stdout" | "stderr";

/** How a thread hands over what it prints. */
export interface OutputSender {
  readonly send: (stream: Stream, bytes: Uint8Array) => void;
  /** One number: how many bytes were sent and are not written yet. */
  readonly underWay: Int32Array;
}

/**
 * Sends what is printed in this thread at once, in order with its answers. A thread's own streams keep
 * it until the thread is idle, which a thread that never ends is not, and one that is ended was not.
 * Where more than 1 MiB is under way, printing waits until some of it is written.
 */
export function sendOutput(sender: OutputSender): void {
  for (const stream of ["stdout", "stderr"] as const) {
    // Node itself talks to these streams, so they stay, and only write elsewhere.
    process[stream]._writev = (chunks, done) => {
      for (const { chunk, encoding } of chunks as readonly Chunk[]) {
        sendChunk(stream, typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk, sender);
      }
      done();
    };
  }
}

interface Chunk {
  readonly chunk: Uint8Array | string;
  readonly encoding: BufferEncoding;
}

function sendChunk(stream: Stream, chunk: Uint8Array, { send, underWay }: OutputSender): void {
  // A copy of its own: what is sent takes the whole pool along, of which this is a part.
  const bytes = new Uint8Array(chunk);
  Atomics.add(underWay, 0, bytes.byteLength);
  send(stream, bytes);
  waitForRoom(underWay);
}

/** Writes in the main thread what another one sent. */
export function writeOutput(stream: Stream, bytes: Uint8Array, underWay: Int32Array): void {
  process[stream].write(bytes, () => {
    Atomics.sub(underWay, 0, bytes.byteLength);
    Atomics.notify(underWay, 0);
  });
}

function waitForRoom(underWay: Int32Array): void {
  for (;;) {
    const bytes = Atomics.load(underWay, 0);
    if (bytes <= mostUnderWay) return;
    Atomics.wait(underWay, 0, bytes);
  }
}

const mostUnderWay = 1024 * 1024;
