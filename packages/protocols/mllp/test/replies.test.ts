import { eventually } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import type { Reply } from "../src/index.ts";
import { listening } from "./listening.ts";
import { RawPeer, framed } from "./raw-peer.ts";

describe("a further message to the sender", () => {
  test("leaves behind its answer, and nobody waits for it", async () => {
    const later = Promise.withResolvers<Uint8Array>();
    const listener = await replying(({ text }) =>
      text === "a"
        ? { isStored: true, answer: Buffer.from("CA a"), later: later.promise }
        : { isStored: true, answer: Buffer.from(`CA ${text}`) },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), framed("b"));
    expect(await peer.answers(2)).toEqual(["CA a", "CA b"]);
    later.resolve(Buffer.from("AA a"));
    expect(await peer.answers(1)).toEqual(["AA a"]);
    expect(listener.bufferedBytes).toBe(0);
  });

  test("that is ready first does not overtake the answer in front of it", async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const listener = await replying(() => ({
      isStored: true,
      answer: answer.promise,
      later: Promise.resolve(Buffer.from("AA")),
    }));
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    setImmediate(() => answer.resolve(Buffer.from("CA")));
    expect(await peer.answers(2)).toEqual(["CA", "AA"]);
  });

  test("is still sent to a sender that closed its side, and when the listener closes", async () => {
    const later = Promise.withResolvers<Uint8Array>();
    let taken = 0;
    const listener = await replying(() => {
      taken += 1;
      return { isStored: true, later: later.promise };
    });
    const half = await RawPeer.connect(listener.port);
    half.socket.end(framed("a"));
    const open = await RawPeer.connect(listener.port);
    open.send(framed("b"));
    await eventually("2 were taken", () => taken === 2);
    const closed = listener.close();
    later.resolve(Buffer.from("AA"));
    expect(await half.answers(1)).toEqual(["AA"]);
    expect(await open.answers(1)).toEqual(["AA"]);
    await closed;
  });

  test("is still sent where the listener closes in the turn in which it is ready", async () => {
    const later = Promise.withResolvers<Uint8Array>();
    const listener = await replying(() => ({
      isStored: true,
      answer: Buffer.from("CA"),
      later: later.promise,
    }));
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    await peer.answers(1);
    later.resolve(Buffer.from("AA"));
    // Behind whatever the listener does at once, and in front of its next tick.
    for (let step = 0; step < 20; step += 1) await Promise.resolve();
    const closed = listener.close();
    await peer.closed;
    expect(peer.chunkCount).toBe(2);
    expect(await peer.answers(1)).toEqual(["AA"]);
    await closed;
  });

  test("is forgotten with a connection that is gone", async () => {
    const later = Promise.withResolvers<Uint8Array>();
    const listener = await replying(({ text }) => ({
      isStored: true,
      answer: Buffer.from(text),
      ...(text === "a" ? { later: later.promise } : {}),
    }));
    const gone = await RawPeer.connect(listener.port);
    gone.send(framed("a"));
    await gone.answers(1);
    gone.socket.resetAndDestroy();
    while (listener.connections > 0) await new Promise(setImmediate);
    later.resolve(Buffer.from("AA"));
    const next = await RawPeer.connect(listener.port);
    next.send(framed("b"));
    expect(await next.answers(1)).toEqual(["b"]);
    expect(listener.bufferedBytes).toBe(0);
  });

  test("that fails is told, and the connection goes on", async () => {
    const failures: unknown[] = [];
    const listener = await replying(
      ({ text }) => ({
        isStored: true,
        answer: Buffer.from(text),
        ...(text === "a" ? { later: Promise.reject(new Error("no outcome")) } : {}),
      }),
      failures,
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    await peer.answers(1);
    peer.send(framed("b"));
    expect(await peer.answers(1)).toEqual(["b"]);
    expect(failures).toHaveLength(1);
  });

  test("counts with the bytes of its message until it is there: reading pauses", async () => {
    const large = "m".repeat(40_000);
    const later = Promise.withResolvers<Uint8Array | undefined>();
    const taken: string[] = [];
    const listener = await listening(
      { maxFrameBytes: 64 * 1024, maxBufferedBytes: 64 * 1024 },
      {
        onMessage: async ({ payload }) => {
          taken.push(Buffer.from(payload).toString());
          return { isStored: true, answer: Buffer.from("CA"), later: later.promise };
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    for (const count of [1, 2]) {
      peer.send(framed(large));
      expect(await peer.answers(1)).toEqual(["CA"]);
      expect(listener.bufferedBytes).toBeGreaterThan(count * large.length);
    }
    peer.send(framed("b"));
    // As long as it takes another listener to read and answer, so that there was time for it.
    const elsewhere = await RawPeer.connect((await listening()).port);
    elsewhere.send(framed("d"));
    await elsewhere.answers(1);
    expect(taken).toEqual([large, large]);
    later.resolve(undefined);
    await peer.answers(1);
    expect(taken).toEqual([large, large, "b"]);
    await eventually("all is settled", () => listener.bufferedBytes === 0);
  });

  test("counts among what one sender may wait for: reading pauses", async () => {
    const later = Promise.withResolvers<Uint8Array | undefined>();
    let taken = 0;
    const listener = await listening(
      { maxUnansweredMessages: 3 },
      {
        onMessage: async () => {
          taken += 1;
          return { isStored: true, later: later.promise };
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    for (let count = 0; count < 3; count += 1) peer.send(framed("a"));
    await eventually("3 were taken", () => taken === 3);
    // Over a second connection, so that there was time for a fourth one.
    peer.send(framed("b"));
    const other = await RawPeer.connect(listener.port);
    other.send(framed("c"));
    await eventually("4 were taken", () => taken === 4);
    expect(taken).toBe(4);
    later.resolve(undefined);
    await eventually("5 were taken", () => taken === 5);
  });
});

function replying(reply: (message: { text: string }) => Reply, failures: unknown[] = []) {
  return listening(
    {},
    {
      onMessage: async ({ payload }) => reply({ text: Buffer.from(payload).toString() }),
      onFailure: (error) => failures.push(error),
    },
  );
}
