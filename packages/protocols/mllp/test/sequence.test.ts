import { describe, expect, test } from "vitest";
import {
  type SequenceStore,
  judgeSequence,
  memorySequenceStore,
  mllpErrors,
  readHeader,
} from "../src/index.ts";
import { answerTo, message } from "./invented-messages.ts";
import { framed } from "./raw-peer.ts";
import { clientOf, controlIdOf, scriptedReceiver } from "./scripted-receiver.ts";

describe("a receiver", () => {
  test.each([
    { last: undefined, sequence: "", verdict: undefined },
    { last: 5, sequence: "", verdict: undefined },
    { last: undefined, sequence: "0", verdict: { kind: "start", expected: -1 } },
    { last: 5, sequence: "0", verdict: { kind: "start", expected: 6 } },
    { last: 5, sequence: "-1", verdict: { kind: "reset", expected: -1 } },
    { last: undefined, sequence: "17", verdict: { kind: "next", number: 17 } },
    { last: 5, sequence: "6", verdict: { kind: "next", number: 6 } },
    { last: 5, sequence: "5", verdict: { kind: "repeat", expected: 6 } },
    { last: 5, sequence: "4", verdict: { kind: "mismatch", expected: 6 } },
    { last: 5, sequence: "7", verdict: { kind: "mismatch", expected: 6 } },
    { last: 5, sequence: "06", verdict: { kind: "mismatch", expected: 6 } },
    { last: 5, sequence: "six", verdict: { kind: "mismatch", expected: 6 } },
    { last: undefined, sequence: "-2", verdict: { kind: "mismatch", expected: -1 } },
  ])("whose last number is $last, given “$sequence”, says $verdict", (row) => {
    expect(judgeSequence(row.last, row.sequence)).toEqual(row.verdict);
  });
});

describe("a sender", () => {
  test("starts the link with 0, then counts from what the receiver expects", async () => {
    const { client, numbers } = await numbering({ expects: 8 });
    for (const id of ["a", "b"]) await client.send(Buffer.from(message(id)));
    expect(numbers).toEqual(["0", "8", "9"]);
  });

  test("begins with 1 where neither side knows a number, and starts anew on each connection", async () => {
    const store = memorySequenceStore();
    const { client, numbers, sockets } = await numbering({ expects: -1, store });
    await client.send(Buffer.from(message("a")));
    sockets[0]?.destroy();
    await new Promise<void>((resolve) => sockets[0]?.once("close", () => resolve()));
    await client
      .send(Buffer.from(message("b")))
      .catch(() => client.send(Buffer.from(message("b"))));
    expect(numbers).toEqual(["0", "1", "0", "2"]);
    expect(await store.read("link")).toBe(2);
  });

  test("sends nothing of a message to start a link but who sends to whom", async () => {
    const { client, received } = await numbering({ expects: -1 });
    await client.send(Buffer.from(message("a", { application: "AL", commit: "AL" })));
    expect(received[0]).toBe("MSH|^~\\&|S|SF|R|RF|20260115||ADT^A08|SEQ1|T|2.5|0\r");
    expect(received[1]).toBe(message("a", { application: "AL", commit: "AL", sequence: "1" }));
  });

  test("keeps a message's number when its answer was missed", async () => {
    const { client, numbers } = await numbering({ expects: 3, losesAnswerTo: "b" });
    await client.send(Buffer.from(message("a")));
    await expect(client.send(Buffer.from(message("b")))).rejects.toMatchObject({
      code: "mllp.noAnswer",
      failure: "ambiguous",
    });
    await client.send(Buffer.from(message("b")));
    await client.send(Buffer.from(message("c")));
    expect(numbers).toEqual(["0", "3", "4", "0", "4", "5"]);
  });

  test("says that nothing was sent where the connection closed behind the start of the link", async () => {
    const isClosed = Promise.withResolvers<void>();
    const { port } = await scriptedReceiver((text, socket) => {
      const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
      if (sequence !== "0") return [answerTo(controlIdOf(text), "AA", sequence)];
      socket.once("close", () => isClosed.resolve());
      socket.end(framed(answerTo(controlIdOf(text), "AA", "1")), "latin1");
      return [];
    });
    const store = memorySequenceStore();
    const read = async (link: string) => {
      await isClosed.promise;
      return store.read(link);
    };
    const client = clientOf(port, { sequence: { store: { ...store, read }, link: "link" } });
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.connectionFailed",
      failure: "transient",
    });
  });

  test("counts on behind a message that was taken, though its number could not be kept", async () => {
    const { client, numbers, store } = await numberingWithFullDisk();
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.takenNotKept",
      failure: "ambiguous",
    });
    await client.send(Buffer.from(message("b")));
    expect(numbers).toEqual(["0", "3", "4"]);
    expect(await store.read("link")).toBe(4);
  });

  test("repeats such a message with its number, so that the receiver knows it", async () => {
    const { client, numbers } = await numberingWithFullDisk();
    await expect(client.send(Buffer.from(message("a")))).rejects.toBeInstanceOf(Error);
    await client.send(Buffer.from(message("a")));
    await client.send(Buffer.from(message("b")));
    expect(numbers).toEqual(["0", "3", "3", "4"]);
  });

  test("gives the number of a message that was taken to no other, though its repeat was refused", async () => {
    const { client, sent } = await numberingWithBusyReceiver();
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.noAnswer",
    });
    for (const id of ["a", "b"]) await client.send(Buffer.from(message(id)));
    expect(sent).toEqual(["a 1", "a 1", "b 2"]);
  });

  test("repeats such a message with its number, however often it is refused", async () => {
    const { client, sent } = await numberingWithBusyReceiver();
    await expect(client.send(Buffer.from(message("a")))).rejects.toBeInstanceOf(Error);
    for (const id of ["a", "a", "b"]) await client.send(Buffer.from(message(id)));
    expect(sent).toEqual(["a 1", "a 1", "a 1", "b 2"]);
  });

  test("goes by what it knows to be taken on a new connection, also where that was not kept", async () => {
    const { client, numbers, sockets } = await numberingWithFullDisk(2);
    for (const id of ["a", "b"]) {
      await expect(client.send(Buffer.from(message(id)))).rejects.toBeInstanceOf(Error);
    }
    await new Promise<void>((resolve) => sockets[0]?.destroy().once("close", () => resolve()));
    const c = Buffer.from(message("c"));
    await client.send(c).catch(() => client.send(c));
    expect(numbers).toEqual(["0", "3", "4", "0", "5"]);
  });

  test.each<{ commit: string; application: string; answers: Answer[]; next: readonly string[] }>([
    {
      commit: "AL",
      application: "AL",
      answers: [
        ["CA", "1"],
        ["AE", "9"],
      ],
      next: ["2"],
    },
    {
      commit: "AL",
      application: "AL",
      answers: [
        ["CA", "1"],
        ["AR", "9"],
      ],
      next: ["2"],
    },
    { commit: "AL", application: "AL", answers: [["AA", "1"]], next: ["2"] },
    { commit: "AL", application: "AL", answers: [["CE", "1"]], next: ["1"] },
    { commit: "AL", application: "AL", answers: [["AE", ""]], next: ["0", "2"] },
    { commit: "AL", application: "AL", answers: [["AE", "2"]], next: ["2"] },
    { commit: "ER", application: "AL", answers: [["AE", ""]], next: ["2"] },
    { commit: "ER", application: "AL", answers: [["AA", ""]], next: ["2"] },
    { commit: "ER", application: "AL", answers: [["CE", ""]], next: ["1"] },
    { commit: "ER", application: "NE", answers: [], next: ["2"] },
    { commit: "NE", application: "AL", answers: [["AA", ""]], next: ["2"] },
    { commit: "NE", application: "AL", answers: [["AE", ""]], next: ["0", "2"] },
    { commit: "NE", application: "AL", answers: [["AE", "1"]], next: ["0", "2"] },
    { commit: "NE", application: "NE", answers: [], next: ["0", "2"] },
    { commit: "", application: "", answers: [["AE", ""]], next: ["0", "2"] },
  ])(
    "goes on with $next behind 1, MSH-15 $commit, MSH-16 $application, answered with $answers",
    async ({ commit, application, answers, next }) => {
      const numbers: string[] = [];
      const { port } = await scriptedReceiver((text) => {
        const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
        numbers.push(sequence);
        const id = controlIdOf(text);
        if (sequence === "0") return [answerTo(id, "AA", numbers.length === 1 ? "1" : "2")];
        if (id === "b") return [answerTo(id, "AA")];
        return answers.map(([code, expected]) => answerTo(id, code, expected));
      });
      const sequence = { store: memorySequenceStore(), link: "link" };
      const client = clientOf(port, { sequence, answerTimeoutMs: 1000 });
      await client.exchange(Buffer.from(message("a", { commit, application })));
      await client.exchange(Buffer.from(message("b")));
      expect(numbers).toEqual(["0", "1", ...next]);
    },
  );

  test("goes on though the application refuses one message after another that were counted", async () => {
    const store = memorySequenceStore();
    const numbers: string[] = [];
    const { port } = await scriptedReceiver((text) => {
      const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
      const id = controlIdOf(text);
      if (sequence === "0") return [answerTo(id, "AA", `${numbers.length + 1}`)];
      numbers.push(sequence);
      return [answerTo(id, "AE")];
    });
    const send = async (id: string) => {
      const client = clientOf(port, { sequence: { store, link: "link" } });
      await client.send(Buffer.from(message(id)));
      await client.send(Buffer.from(message(`${id}${id}`)));
    };
    for (const id of ["a", "b"]) await send(id);
    expect(numbers).toEqual(["1", "2", "3", "4"]);
  });

  test.each<{ answers: Answer[]; starts: readonly string[] }>([
    { answers: [["AR", "1"]], starts: ["SEQ2 0"] },
    { answers: [["AR", "2"]], starts: [] },
    {
      answers: [
        ["CA", "1"],
        ["AR", "1"],
      ],
      starts: [],
    },
  ])(
    "repeats a message under its number where it was told to send it again by $answers",
    async ({ answers, starts }) => {
      const sent: string[] = [];
      const { port } = await scriptedReceiver((text) => {
        const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
        const id = controlIdOf(text);
        sent.push(`${id} ${sequence}`);
        if (sequence === "0") return [answerTo(id, "AA", sent.length === 1 ? "1" : "2")];
        if (sent.length > 2) return [answerTo(id, "AA", sequence)];
        return answers.map(([code, expected]) => answerTo(id, code, expected));
      });
      const sequence = { store: memorySequenceStore(), link: "link" };
      const client = clientOf(port, { sequence });
      const header = answers.length === 2 ? { commit: "AL", application: "AL" } : {};
      await client.exchange(Buffer.from(message("a", header)));
      for (const id of ["a", "b"]) await client.send(Buffer.from(message(id)));
      expect(sent).toEqual(["SEQ1 0", "a 1", ...starts, "a 1", "b 2"]);
    },
  );

  test("goes on where a message that asked for no answer did not arrive", async () => {
    const sent: string[] = [];
    const { port } = await scriptedReceiver((text) => {
      const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
      const id = controlIdOf(text);
      sent.push(`${id} ${sequence}`);
      return id === "a" ? [] : [answerTo(id, "AA", "1")];
    });
    const sequence = { store: memorySequenceStore(), link: "link" };
    const client = clientOf(port, { sequence });
    await client.exchange(Buffer.from(message("a", { commit: "NE", application: "NE" })));
    await client.exchange(Buffer.from(message("b")));
    expect(sent).toEqual(["SEQ1 0", "a 1", "SEQ2 0", "b 1"]);
  });

  test("sends nothing where what the receiver counted cannot be kept", async () => {
    const store = {
      ...memorySequenceStore(),
      write: () => Promise.reject(mllpErrors.sequenceNotKept()),
    };
    const { client, numbers } = await numbering({ expects: 3, store });
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.sequenceNotKept",
      failure: "transient",
    });
    expect(numbers).toEqual(["0"]);
  });

  test.each([
    { what: "is missed", says: [] },
    { what: "is none", says: ["no acknowledgement"] },
  ])("says that nothing was sent where the answer to the start $what", async ({ says }) => {
    const { port, received } = await scriptedReceiver(() => says);
    const sequence = { store: memorySequenceStore(), link: "link" };
    const client = clientOf(port, { sequence, answerTimeoutMs: 1000 });
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.connectionFailed",
      failure: "transient",
    });
    expect(received.map(controlIdOf)).toEqual(["SEQ1"]);
  });

  test("uses a number again that was refused, once the receiver says that it is free", async () => {
    const { client, numbers } = await numbering({ expects: 3, refuses: "a" });
    for (const id of ["a", "b"]) await client.send(Buffer.from(message(id)));
    expect(numbers).toEqual(["0", "3", "0", "3"]);
  });

  test.each([
    { what: "less than it knows to be taken", expects: 4 },
    { what: "more than it ever sent", expects: 9 },
    { what: "no number at all", expects: undefined },
  ])("stops where the receiver expects $what", async ({ expects }) => {
    const store = memorySequenceStore();
    await store.write("link", 5);
    const { client, received } = await numbering({ expects, store });
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.sequenceBroken",
      failure: "permanent",
    });
    expect(received).toHaveLength(1);
  });

  test("goes on once a person resynchronised", async () => {
    const store = memorySequenceStore();
    await store.write("link", 5);
    const { client, numbers } = await numbering({ expects: 9, store });
    await expect(client.send(Buffer.from(message("a")))).rejects.toMatchObject({
      code: "mllp.sequenceBroken",
    });
    await client.resynchronise(Buffer.from(message("a")));
    await client.send(Buffer.from(message("a")));
    expect(numbers).toEqual(["0", "-1", "6"]);
  });
});

/** MSA-1 and MSA-4. */
type Answer = readonly [code: string, expected: string];

interface Receiver {
  expects: number | undefined;
  store?: SequenceStore;
  losesAnswerTo?: string;
  refuses?: string;
}

/** A receiver by the standard: it takes the number that it expects, and a client that numbers. */
async function numbering({
  expects,
  store = memorySequenceStore(),
  losesAnswerTo,
  refuses,
}: Receiver) {
  const numbers: string[] = [];
  let expected = expects;
  let isLost = false;
  const receiver = await scriptedReceiver((text, socket) => {
    const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
    const id = controlIdOf(text);
    numbers.push(sequence);
    if (sequence === "0") return [answerTo(id, "AA", expected === undefined ? "" : `${expected}`)];
    if (sequence === "-1") {
      expected = -1;
      return [answerTo(id, "AA", "-1")];
    }
    if (id === refuses) return [answerTo(id, "AE", `${expected}`)];
    const number = Number(sequence);
    if (expected !== -1 && number + 1 === expected) return [answerTo(id, "AA", `${expected}`)];
    expected = number + 1;
    if (id === losesAnswerTo && !isLost) {
      isLost = true;
      socket.destroy();
      return [];
    }
    return [answerTo(id, "AA", sequence)];
  });
  const client = clientOf(receiver.port, { sequence: { store, link: "link" } });
  return { ...receiver, client, numbers };
}

/** The first message is taken, its answer lost, and its first repeat refused without a number. */
async function numberingWithBusyReceiver() {
  const sent: string[] = [];
  const { port } = await scriptedReceiver((text, socket) => {
    const { sequence = "" } = readHeader(Buffer.from(text)) ?? {};
    const id = controlIdOf(text);
    if (sequence === "0") return [answerTo(id, "AA", sent.length === 0 ? "1" : "2")];
    sent.push(`${id} ${sequence}`);
    if (sent.length === 1) socket.destroy();
    if (sent.length === 1) return [];
    return [answerTo(id, sent.length === 2 ? "AR" : "AA")];
  });
  const store = memorySequenceStore();
  return { client: clientOf(port, { sequence: { store, link: "link" } }), sent };
}

/** A sender that cannot keep its first numbers. */
async function numberingWithFullDisk(failures = 1) {
  const store = memorySequenceStore();
  await store.write("link", 2);
  let left = failures;
  const write = async (link: string, last: number) => {
    left -= 1;
    if (left >= 0) throw new Error("disk full");
    return store.write(link, last);
  };
  return { ...(await numbering({ expects: 3, store: { ...store, write } })), store };
}
