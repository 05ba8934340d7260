import { describe, expect, test } from "vitest";
import { type MllpListener, listen, mllpListener } from "../src/index.ts";
import { listening, problemLog } from "./listening.ts";
import { RawPeer, framed } from "./raw-peer.ts";

describe("answers", () => {
  test("leave in the order of the messages, whichever is ready first, and in one write", async () => {
    const ready = new Map<string, (answer: Uint8Array) => void>();
    const all = Promise.withResolvers<void>();
    const listener = await listening(
      {},
      {
        onMessage: ({ payload }) =>
          new Promise((resolve) => {
            ready.set(Buffer.from(payload).toString(), resolve);
            if (ready.size === 100) all.resolve();
          }),
      },
    );
    const peer = await RawPeer.connect(listener.port);
    const names = Array.from({ length: 100 }, (_, index) => `m${index}`);
    peer.send(...names.map(framed));
    await all.promise;
    for (const name of names.toReversed()) ready.get(name)?.(Buffer.from(`answer to ${name}`));
    expect(await peer.answers(100)).toEqual(names.map((name) => `answer to ${name}`));
    expect(peer.chunkCount).toBe(1);
    expect(listener.bufferedBytes).toBe(0);
  });

  test("are left out where the handler gives none", async () => {
    const listener = await listening(
      {},
      { onMessage: async ({ payload }) => (payload.length === 1 ? undefined : payload) },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), framed("bb"));
    expect(await peer.answers(1)).toEqual(["bb"]);
  });

  test("reach a sender that closed its side behind its last message", async () => {
    const listener = await listening();
    const peer = await RawPeer.connect(listener.port);
    peer.socket.end(framed("last"));
    expect(await peer.answers(1)).toEqual(["last"]);
    await peer.closed;
  });

  test("are made by a handler that knows the address of the sender", async () => {
    const remotes: string[] = [];
    const listener = await listening(
      {},
      {
        onMessage: async ({ payload, remote }) => {
          remotes.push(remote);
          return payload;
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    await peer.answers(1);
    expect(remotes).toEqual([`127.0.0.1:${peer.socket.localPort}`]);
  });
});

describe("a handler that rejects", () => {
  test("closes the connection without that answer, but after those before it", async () => {
    const failures: unknown[] = [];
    const first = Promise.withResolvers<Uint8Array>();
    const listener = await listening(
      {},
      {
        onMessage: ({ payload }) => {
          const text = Buffer.from(payload).toString();
          if (text === "first") return first.promise;
          if (text === "broken") return Promise.reject(new Error("not stored"));
          return Promise.resolve(payload);
        },
        onFailure: (error) => {
          failures.push(error);
          first.resolve(Buffer.from("first"));
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("first"), framed("broken"), framed("after"));
    expect(await peer.answers(1)).toEqual(["first"]);
    await peer.closed;
    expect(failures).toHaveLength(1);
    expect(listener.bufferedBytes).toBe(0);
  });

  test("by throwing at once, or by an answer that cannot be framed, does the same", async () => {
    const failures: string[] = [];
    const listener = await listening(
      {},
      {
        onMessage: ({ payload }) => {
          if (payload.length === 1) throw new Error("at once");
          return Promise.resolve(Buffer.from("a\x1cb"));
        },
        onFailure: (error) => failures.push(String(error)),
      },
    );
    for (const text of ["a", "bb"]) {
      const peer = await RawPeer.connect(listener.port);
      peer.send(framed(text));
      await peer.closed;
    }
    expect(failures).toEqual(["Error: at once", expect.stringContaining("mllp.notFrameable")]);
  });
});

describe("bytes that are no message", () => {
  test("before the first frame are reported and skipped", async () => {
    const log = problemLog();
    const listener = await listening({}, { onProblem: log.onProblem });
    const peer = await RawPeer.connect(listener.port);
    peer.send("hello\r\n", framed("a"));
    expect(await peer.answers(1)).toEqual(["a"]);
    expect(await log.next()).toBe("garbage 7 hello\r\n");
  });

  test("in a frame without its end are reported when the sender closes", async () => {
    const log = problemLog();
    const listener = await listening({}, { onProblem: log.onProblem });
    const peer = await RawPeer.connect(listener.port);
    peer.send("\x0bMSH|half");
    peer.socket.end();
    expect(await log.next()).toBe("unfinished 8 MSH|half");
    await peer.closed;
  });

  test("in a frame without its end are reported when the connection is reset", async () => {
    const log = problemLog();
    const listener = await listening({}, { onProblem: log.onProblem });
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), "\x0bMSH|half");
    await peer.answers(1);
    peer.socket.resetAndDestroy();
    expect(await log.next()).toBe("unfinished 8 MSH|half");
  });

  test("behind an end without its return are answered once, and the connection closes", async () => {
    const log = problemLog("AR");
    const listener = await listening({}, { onProblem: log.onProblem });
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), "\x0bMSH|b\x1c", framed("c"));
    expect(await peer.answers(2)).toEqual(["a", "AR"]);
    expect(await log.next()).toBe("endWithoutReturn 5 MSH|b");
    await peer.closed;
  });

  test("of 50 MB are refused in little memory, and the connection goes on", async () => {
    const log = problemLog("AR");
    const listener = await listening(
      { maxFrameBytes: 1_000_000, captureBytes: 10 },
      { onProblem: log.onProblem },
    );
    const peer = await RawPeer.connect(listener.port);
    let peak = 0;
    const sampling = setInterval(() => {
      peak = Math.max(peak, listener.bufferedBytes);
    }, 1);
    peer.send("\x0b", "m".repeat(50_000_000), "\x1c\r", framed("next"));
    expect(await peer.answers(2)).toEqual(["AR", "next"]);
    clearInterval(sampling);
    expect(await log.next()).toBe("frameTooLarge 50000000 mmmmmmmmmm");
    expect(peak).toBeLessThanOrEqual(1_010_000);
    expect(listener.bufferedBytes).toBe(0);
  });
});

describe("closing", () => {
  test("answers what is being handled, then ends the connections", async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const arrived = Promise.withResolvers<void>();
    const listener = await listening(
      {},
      {
        onMessage: () => {
          arrived.resolve();
          return answer.promise;
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    await arrived.promise;
    const closed = listener.close();
    await expect(RawPeer.connect(listener.port)).rejects.toThrow();
    answer.resolve(Buffer.from("AA"));
    expect(await peer.answers(1)).toEqual(["AA"]);
    await closed;
    expect(listener.connections).toBe(0);
  });

  test("does not wait past the grace for a handler that hangs", async () => {
    const arrived = Promise.withResolvers<void>();
    const listener = await listening(
      {},
      {
        onMessage: () => {
          arrived.resolve();
          return new Promise(() => {});
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    await arrived.promise;
    await listener.close(10);
    await peer.closed;
    expect(listener.connections).toBe(0);
  });

  test("does not report a frame that it interrupted itself", async () => {
    const problems: string[] = [];
    const listener = await listening(
      {},
      {
        onProblem: async ({ code }) => {
          problems.push(code);
          return undefined;
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), "\x0bMSH|half");
    await peer.answers(1);
    await listener.close();
    expect(problems).toEqual([]);
  });
});

test("a port that is taken is an error with a hint", async () => {
  const first: MllpListener = await listening();
  const second = listen(mllpListener.parse({ port: first.port }), {
    onMessage: async () => undefined,
    onProblem: async () => undefined,
  });
  await expect(second).rejects.toMatchObject({
    code: "mllp.notListening",
    facts: { port: first.port, systemCode: "EADDRINUSE" },
  });
});
