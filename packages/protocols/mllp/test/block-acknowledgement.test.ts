import { sliced } from "@trestle/testkit";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerTo, message } from "./invented-messages.ts";
import { listening } from "./listening.ts";
import { RawPeer, framed } from "./raw-peer.ts";
import { clientOf, controlIdOf, scriptedReceiver } from "./scripted-receiver.ts";

const stored = "\x06";
const notStored = "\x15";

describe("a listener of release 2", () => {
  test("confirms each message by a block, then answers it", async () => {
    const listener = await listening({ blockAcknowledgement: true });
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), framed("b"));
    const all = await peer.answers(4);
    expect(all.filter((one) => one === stored)).toHaveLength(2);
    expect(all.filter((one) => one !== stored)).toEqual(["a", "b"]);
    expect(all[0]).toBe(stored);
  });

  test("confirms what is stored before its answer is known", async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const listener = await listening(
      { blockAcknowledgement: true },
      { onMessage: async () => ({ isStored: true, answer: answer.promise }) },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), framed("b"));
    expect(await peer.answers(2)).toEqual([stored, stored]);
    answer.resolve(Buffer.from("AA"));
    expect(await peer.answers(2)).toEqual(["AA", "AA"]);
  });

  test("says by a block alone that a message is not stored, also before its handler's failure ends it", async () => {
    const listener = await listening(
      { blockAcknowledgement: true },
      {
        onMessage: async ({ payload }) => {
          if (payload.length === 1) {
            const answer = Buffer.from("AR");
            return { isStored: false, answer, later: Promise.resolve(answer) };
          }
          if (payload.length === 3) return payload;
          throw new Error("no room");
        },
      },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"));
    expect(await peer.answers(1)).toEqual([notStored]);
    peer.send(framed("ccc"));
    expect(await peer.answers(2)).toEqual([stored, "ccc"]);
    peer.send(framed("bb"));
    expect(await peer.answers(1)).toEqual([notStored]);
    await peer.closed;
  });

  test("says so of a message that is too large, and answers nothing else that is no message", async () => {
    const listener = await listening(
      { blockAcknowledgement: true, maxFrameBytes: 1024 },
      { onProblem: async () => Buffer.from("AR") },
    );
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("m".repeat(2000)), "stray", framed("a"));
    expect((await peer.answers(3)).toSorted()).toEqual([stored, notStored, "a"].toSorted());
    peer.send(framed("b"));
    expect(await peer.answers(2)).toEqual([stored, "b"]);
  });

  test.each([
    { blockAcknowledgement: true, leaves: [notStored] },
    { blockAcknowledgement: false, leaves: ["AR"] },
  ])(
    "tells whoever sees bytes that are no message whether an answer leaves: $blockAcknowledgement",
    async ({ blockAcknowledgement, leaves }) => {
      const told: boolean[] = [];
      const listener = await listening(
        { blockAcknowledgement, maxFrameBytes: 1024 },
        {
          onProblem: async ({ mayAnswer }) => {
            told.push(mayAnswer);
            return Buffer.from("AR");
          },
        },
      );
      const peer = await RawPeer.connect(listener.port);
      peer.send(framed("m".repeat(2000)));
      expect(await peer.answers(1)).toEqual(leaves);
      expect(told).toEqual([!blockAcknowledgement]);
    },
  );

  test("takes blocks about its own answers for no messages", async () => {
    const listener = await listening({ blockAcknowledgement: true });
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("a"), framed(stored), framed(notStored), framed("b"));
    const all = await peer.answers(4);
    expect(all.filter((one) => one !== stored)).toEqual(["a", "b"]);
  });

  test("gives the same blocks and answers in any slicing", async () => {
    const listener = await listening({ blockAcknowledgement: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme-ascii", minLength: 2, maxLength: 20 }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        async (texts, sizes) => {
          const peer = await RawPeer.connect(listener.port);
          const bytes = Buffer.from(texts.map((text) => framed(text)).join(""), "latin1");
          for (const piece of sliced(bytes, sizes)) peer.socket.write(piece);
          const all = await peer.answers(2 * texts.length);
          expect(all.filter((one) => one === stored)).toHaveLength(texts.length);
          expect(all.filter((one) => one !== stored)).toEqual(texts);
          peer.socket.destroy();
        },
      ),
      { numRuns: 30 },
    );
  });
});

test("a listener of release 1 takes such a block for a message", async () => {
  const listener = await listening();
  const peer = await RawPeer.connect(listener.port);
  peer.send(framed(stored));
  expect(await peer.answers(1)).toEqual([stored]);
});

describe("a client of release 2", () => {
  const release2 = { blockAcknowledgement: true };

  test("and a listener of release 2 understand each other", async () => {
    const listener = await listening(release2, {
      onMessage: async ({ payload }) =>
        Buffer.from(answerTo(controlIdOf(Buffer.from(payload).toString()), "AA")),
    });
    const client = clientOf(listener.port, release2);
    for (const id of ["1", "2"]) {
      const answer = await client.send(Buffer.from(message(id)));
      expect(Buffer.from(answer).toString()).toBe(answerTo(id, "AA"));
    }
    expect(listener.connections).toBe(1);
  });

  test("and such a listener go on over one connection behind a message that is not stored", async () => {
    const remotes = new Set<string>();
    const listener = await listening(
      { ...release2, maxFrameBytes: 1024 },
      {
        onMessage: async ({ payload, remote }) => {
          remotes.add(remote);
          const id = controlIdOf(Buffer.from(payload).toString());
          const isStored = id !== "full";
          return { isStored, answer: Buffer.from(answerTo(id, isStored ? "AA" : "AR")) };
        },
        onProblem: async () => Buffer.from(answerTo("large", "AR")),
      },
    );
    const client = clientOf(listener.port, release2);
    const large = message("large", { sequence: "0".repeat(2000) });
    const texts = [message("full"), message("1"), large, message("2")];
    const ends = await Promise.allSettled(texts.map((text) => client.exchange(Buffer.from(text))));
    const refused = { reason: { code: "mllp.notStored", failure: "transient" } };
    const taken = { value: { application: { code: "AA" } } };
    expect(ends).toMatchObject([refused, taken, refused, taken]);
    expect(remotes.size).toBe(1);
  });

  test("waits for the block and the answer, and confirms the answer by a block", async () => {
    const { port, received } = await scriptedReceiver((sent) =>
      sent.length === 1 ? [] : [stored, answerTo(controlIdOf(sent), "AA")],
    );
    const client = clientOf(port, release2);
    await client.send(Buffer.from(message("1")));
    await client.send(Buffer.from(message("2")));
    expect(received.slice(0, 3)).toEqual([message("1"), stored, message("2")]);
  });

  test("is done with the block where no answer is asked for", async () => {
    const { port } = await scriptedReceiver(() => [stored]);
    const quiet = message("1", { commit: "NE", application: "NE" });
    expect(await clientOf(port, release2).exchange(Buffer.from(quiet))).toEqual({});
  });

  test("knows that a message was not stored, and goes on over the same connection", async () => {
    const { port, sockets } = await scriptedReceiver((sent) => {
      if (sent.length === 1) return [];
      return controlIdOf(sent) === "1" ? [notStored] : [stored, answerTo("2", "AA")];
    });
    const client = clientOf(port, release2);
    await expect(client.send(Buffer.from(message("1")))).rejects.toMatchObject({
      code: "mllp.notStored",
      failure: "transient",
    });
    await client.send(Buffer.from(message("2")));
    expect(sockets).toHaveLength(1);
  });

  test.each([
    { what: "an answer without its block", says: [answerTo("1", "AA")] },
    { what: "a second block", says: [stored, stored] },
  ])("ends the connection for $what", async ({ says }) => {
    const { port } = await scriptedReceiver(() => says);
    await expect(clientOf(port, release2).send(Buffer.from(message("1")))).rejects.toMatchObject({
      code: "mllp.wrongAnswer",
    });
  });
});
