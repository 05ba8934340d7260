import { describe, expect, test, vi } from "vitest";
import type { MllpListener } from "../src/index.ts";
import { listening, problemLog } from "./listening.ts";
import { RawPeer, framed } from "./raw-peer.ts";

describe("who may connect", () => {
  test("500 senders are served; the next is refused, and that is told", async () => {
    const refused: string[] = [];
    const listener = await listening(
      { maxConnections: 500 },
      { onRefusedConnection: (reason) => refused.push(reason) },
    );
    const peers = await Promise.all(
      Array.from({ length: 500 }, () => RawPeer.connect(listener.port)),
    );
    await vi.waitFor(() => expect(listener.connections).toBe(500));
    const late = await RawPeer.connect(listener.port);
    await late.closed;
    expect(refused).toEqual(["tooManyConnections"]);
    for (const [index, peer] of peers.entries()) peer.send(framed(`m${index}`));
    const answers = await Promise.all(peers.map((peer) => peer.answers(1)));
    expect(answers.flat()).toEqual(peers.map((_, index) => `m${index}`));
    for (const peer of peers) peer.socket.destroy();
    await vi.waitFor(() => expect(listener.connections).toBe(0));
  });

  test.each([
    { host: "127.0.0.1", allow: ["127.0.0.0/8"], isServed: true },
    { host: "127.0.0.1", allow: ["192.0.2.1", "127.0.0.1"], isServed: true },
    { host: "127.0.0.1", allow: ["192.0.2.0/24"], isServed: false },
    { host: "::", allow: ["127.0.0.1"], isServed: true },
    { host: "::", allow: ["::1"], isServed: false },
  ])("bound to $host, allowing $allow: served is $isServed", async ({ host, allow, isServed }) => {
    const refused = Promise.withResolvers<string>();
    const listener = await listening(
      { host, allow },
      { onRefusedConnection: (reason) => refused.resolve(reason) },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    if (isServed) expect(await peer.answers(1)).toEqual(["a"]);
    else expect(await refused.promise).toBe("notAllowed");
    if (!isServed) await peer.closed;
  });
});

describe("time-outs", () => {
  test("a frame that stops growing is reported as unfinished, and the connection closes", async () => {
    const log = problemLog("AR");
    const listener = await listening({ frameTimeoutSeconds: 0.2 }, { onProblem: log.onProblem });
    const peer = await RawPeer.connect(listener.port);
    peer.send("\x0bMSH|half");
    expect(await log.next()).toBe("unfinished 8 MSH|half");
    expect(await peer.answers(1)).toEqual(["AR"]);
    await peer.closed;
  });

  test("a connection without a byte is closed, but not while its message is handled", async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const listener = await listening(
      { idleTimeoutSeconds: 0.2 },
      { onMessage: () => answer.promise },
    );
    const busy = await RawPeer.connect(listener.port);
    busy.send(framed("a"));
    const idle = await RawPeer.connect(listener.port);
    await idle.closed;
    answer.resolve(Buffer.from("AA"));
    expect(await busy.answers(1)).toEqual(["AA"]);
    await busy.closed;
  });

  test("a peer that never reads is dropped, and costs little memory until then", async () => {
    let handled = 0;
    const answer = Buffer.alloc(64 * 1024, "a");
    const listener = await listening(
      { writeTimeoutSeconds: 0.5 },
      {
        onMessage: async () => {
          handled += 1;
          return answer;
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.socket.pause();
    const peak = await peakWhile(listener, async () => {
      // 20,000 messages ask for 1.3 GB of answers.
      peer.send(...Array.from({ length: 20_000 }, () => framed("m".repeat(100))));
      await vi.waitFor(() => expect(listener.connections).toBe(0), { timeout: 5000 });
    });
    expect(handled).toBeLessThan(2000);
    expect(peak).toBeLessThan(1024 * 1024);
  });
});

describe("buffers", () => {
  test("a flood of messages waits outside while enough are being handled", async () => {
    let handling = 0;
    let most = 0;
    const listener = await listening(
      { maxUnansweredMessages: 8 },
      {
        onMessage: async ({ payload }) => {
          handling += 1;
          most = Math.max(most, handling);
          await new Promise(setImmediate);
          handling -= 1;
          return payload;
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    const names = Array.from({ length: 5000 }, (_, index) => `m${index}`);
    peer.send(...names.map(framed));
    expect(await peer.answers(5000)).toEqual(names);
    expect(most).toBe(8);
  });

  test("full buffers pause every sender until answers free them, and nothing is lost", async () => {
    const problems: string[] = [];
    const listener = await listening(
      { maxFrameBytes: 100_000, maxBufferedBytes: 200_000 },
      {
        onMessage: async ({ payload }) => {
          await new Promise(setImmediate);
          return payload.subarray(0, 4);
        },
        onProblem: async ({ code }) => {
          problems.push(code);
          return undefined;
        },
      },
    );
    const peers = await Promise.all([1, 2, 3].map(() => RawPeer.connect(listener.port)));
    const peak = await peakWhile(listener, async () => {
      for (const peer of peers) {
        peer.send(...Array.from({ length: 200 }, () => framed("m".repeat(20_000))));
      }
      const answers = await Promise.all(peers.map((peer) => peer.answers(200)));
      expect(answers.flat()).toEqual(Array.from({ length: 600 }, () => "mmmm"));
    });
    // Each connection may add the one chunk that it had read already.
    expect(peak).toBeLessThan(200_000 + 3 * (65_536 + 20_000));
    expect(problems).toEqual([]);
    expect(listener.bufferedBytes).toBe(0);
  });

  test("unfinished frames that fill the buffers lose the largest, and the others go on", async () => {
    const log = problemLog("AR");
    const listener = await listening(
      { maxFrameBytes: 900_000, maxBufferedBytes: 1_000_000, captureBytes: 4 },
      { onProblem: log.onProblem, onMessage: async ({ payload }) => payload.subarray(0, 4) },
    );
    const large = await RawPeer.connect(listener.port);
    large.send("\x0b", "l".repeat(600_000));
    await vi.waitFor(() => expect(listener.bufferedBytes).toBeGreaterThanOrEqual(600_000));
    const small = await RawPeer.connect(listener.port);
    small.send("\x0b", "s".repeat(500_000), "\x1c\r");
    expect(await log.next()).toBe("bufferFull 600000 llll");
    expect(await large.answers(1)).toEqual(["AR"]);
    await large.closed;
    expect(await small.answers(1)).toEqual(["ssss"]);
    expect(listener.bufferedBytes).toBe(0);
  });
});

async function peakWhile(listener: MllpListener, run: () => Promise<void>): Promise<number> {
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, listener.bufferedBytes);
  }, 1);
  await run();
  clearInterval(sampling);
  return peak;
}
