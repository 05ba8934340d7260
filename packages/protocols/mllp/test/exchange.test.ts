import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerTo, message } from "./invented-messages.ts";
import { clientOf, controlIdOf, scriptedReceiver } from "./scripted-receiver.ts";

const text = (payload: Uint8Array | undefined): string => Buffer.from(payload ?? []).toString();

describe("what a client waits for", () => {
  test.each<{
    commit: string;
    application: string;
    answers: readonly string[];
    gets: readonly [commit: string, application: string];
  }>([
    { commit: "", application: "", answers: ["AA"], gets: ["", "AA"] },
    { commit: "", application: "", answers: ["AE"], gets: ["", "AE"] },
    { commit: "", application: "", answers: ["AR"], gets: ["", "AR"] },
    { commit: "", application: "", answers: ["CA"], gets: ["", "CA"] },
    { commit: '""', application: '""', answers: ["AA"], gets: ["", "AA"] },
    { commit: "AL", application: "NE", answers: ["CA"], gets: ["CA", ""] },
    { commit: "AL", application: "", answers: ["CA"], gets: ["CA", ""] },
    { commit: "AL", application: "NE", answers: ["CE"], gets: ["CE", ""] },
    { commit: "AL", application: "AL", answers: ["CR"], gets: ["CR", ""] },
    { commit: "AL", application: "AL", answers: ["CA", "AA"], gets: ["CA", "AA"] },
    { commit: "AL", application: "AL", answers: ["CA", "AE"], gets: ["CA", "AE"] },
    { commit: "AL", application: "AL", answers: ["AA"], gets: ["", "AA"] },
    { commit: "NE", application: "AL", answers: ["AR"], gets: ["", "AR"] },
    { commit: "NE", application: "AL", answers: ["CA", "AA"], gets: ["CA", "AA"] },
    { commit: "NE", application: "NE", answers: [], gets: ["", ""] },
    { commit: "ER", application: "NE", answers: [], gets: ["", ""] },
    { commit: "ER", application: "NE", answers: ["CE"], gets: ["CE", ""] },
    { commit: "ER", application: "AL", answers: ["AA"], gets: ["", "AA"] },
    { commit: "NE", application: "ER", answers: [], gets: ["", ""] },
    { commit: "AL", application: "ER", answers: ["CA"], gets: ["CA", ""] },
    { commit: "SU", application: "SU", answers: ["CA", "AA"], gets: ["CA", "AA"] },
  ])("MSH-15 $commit, MSH-16 $application, answered $answers: $gets", async (row) => {
    const { commit, application, answers, gets } = row;
    const { port } = await scriptedReceiver(() => answers.map((code) => answerTo("1", code)));
    const client = clientOf(port, { answerTimeoutMs: 1000, applicationAnswerTimeoutMs: 1000 });
    const got = await client.exchange(Buffer.from(message("1", { commit, application })));
    expect([got.commit?.code ?? "", got.application?.code ?? ""]).toEqual(gets);
  });

  test.each([
    { commit: "AL", application: "AL", answers: [] },
    { commit: "AL", application: "AL", answers: ["CA"] },
    { commit: "SU", application: "NE", answers: [] },
    { commit: "NE", application: "SU", answers: [] },
    { commit: "", application: "", answers: [] },
  ])(
    "MSH-15 $commit, MSH-16 $application, answered $answers: the end is not known",
    async ({ commit, application, answers }) => {
      const { port } = await scriptedReceiver(() => answers.map((code) => answerTo("1", code)));
      const client = clientOf(port, { answerTimeoutMs: 50, applicationAnswerTimeoutMs: 60 });
      const sent = client.exchange(Buffer.from(message("1", { commit, application })));
      await expect(sent).rejects.toMatchObject({
        code: "mllp.noAnswer",
        failure: "ambiguous",
        facts: { reason: "timeout" },
      });
    },
  );

  test("the second answer has a time of its own", async () => {
    const { port } = await scriptedReceiver((_, socket) => {
      setTimeout(() => socket.write(`\x0b${answerTo("1", "AA")}\x1c\r`), 1500);
      return [answerTo("1", "CA")];
    });
    const client = clientOf(port, { answerTimeoutMs: 1000, applicationAnswerTimeoutMs: 10_000 });
    const asked = message("1", { commit: "AL", application: "AL" });
    expect((await client.exchange(Buffer.from(asked))).application?.code).toBe("AA");
  });
});

describe("an answer that is not for this message", () => {
  test.each([
    { what: "names another message", answer: answerTo("2", "AA") },
    { what: "names none", answer: answerTo("", "AA") },
    { what: "is no acknowledgement", answer: message("1") },
    { what: "cannot be read", answer: "oops" },
    { what: "comes a second time as a commit", answer: answerTo("1", "CA"), commit: "AL" },
  ])("which $what ends the connection", async ({ answer, commit = "" }) => {
    const { port, sockets } = await scriptedReceiver((sent) =>
      controlIdOf(sent) === "1"
        ? [answer, ...(commit === "" ? [] : [answer])]
        : [answerTo(controlIdOf(sent), "AA")],
    );
    const client = clientOf(port);
    const asked = message("1", { commit, application: commit });
    await expect(client.send(Buffer.from(asked))).rejects.toMatchObject({
      code: "mllp.wrongAnswer",
      failure: "ambiguous",
    });
    expect(text(await client.send(Buffer.from(message("3"))))).toBe(answerTo("3", "AA"));
    expect(sockets).toHaveLength(2);
  });

  test("that is late is never taken for the next message's", async () => {
    const late: (() => void)[] = [];
    const { port } = await scriptedReceiver((sent, socket) => {
      if (controlIdOf(sent) !== "1") return [answerTo(controlIdOf(sent), "AE")];
      late.push(() => socket.write(`\x0b${answerTo("1", "AA")}\x1c\r`));
      return [];
    });
    const client = clientOf(port, { answerTimeoutMs: 500 });
    await expect(client.send(Buffer.from(message("1")))).rejects.toMatchObject({
      code: "mllp.noAnswer",
    });
    for (const say of late) say();
    expect(text(await client.send(Buffer.from(message("2"))))).toBe(answerTo("2", "AE"));
  });

  test("and comes after silence was taken for a yes, ends the connection alone", async () => {
    const { port, sockets } = await scriptedReceiver((sent, socket) => {
      if (controlIdOf(sent) === "1") {
        setTimeout(() => socket.write(`\x0b${answerTo("1", "CE")}\x1c\r`), 1000);
        return [];
      }
      return [answerTo(controlIdOf(sent), "AA")];
    });
    const client = clientOf(port, { answerTimeoutMs: 500 });
    const quiet = message("1", { commit: "ER", application: "NE" });
    expect(await client.exchange(Buffer.from(quiet))).toEqual({});
    await new Promise<void>((resolve) => sockets[0]?.once("close", () => resolve()));
    expect(text(await client.send(Buffer.from(message("2"))))).toBe(answerTo("2", "AA"));
  });
});

describe("several messages under way", () => {
  test("leave in their order, no more than may, and each gets its own answer", async () => {
    const waiting: string[] = [];
    let most = 0;
    const { port, received } = await scriptedReceiver((sent, socket) => {
      waiting.push(controlIdOf(sent));
      most = Math.max(most, waiting.length);
      if (waiting.length < 4) return [];
      setImmediate(() => {
        for (const id of waiting.splice(0).toReversed()) {
          socket.write(`\x0b${answerTo(id, "AA")}\x1c\r`);
        }
      });
      return [];
    });
    const client = clientOf(port, { maxInFlight: 4 });
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    const answers = await Promise.all(ids.map((id) => client.send(Buffer.from(message(id)))));
    expect(answers.map((answer) => text(answer))).toEqual(ids.map((id) => answerTo(id, "AA")));
    expect(received.map((sent) => controlIdOf(sent))).toEqual(ids);
    expect(most).toBe(4);
  });

  test("with the same control id go one after the other", async () => {
    let underWay = 0;
    const { port, received } = await scriptedReceiver((_, socket) => {
      underWay += 1;
      expect(underWay).toBe(1);
      setImmediate(() => {
        underWay -= 1;
        socket.write(`\x0b${answerTo("same", "AA")}\x1c\r`);
      });
      return [];
    });
    const client = clientOf(port, { maxInFlight: 8 });
    await Promise.all([1, 2, 3].map(() => client.send(Buffer.from(message("same")))));
    expect(received).toHaveLength(3);
  });

  test("end together when the peer is killed; those that wait are sent over a new connection", async () => {
    let isKilled = false;
    const { port } = await scriptedReceiver((sent, socket) => {
      if (isKilled) return [answerTo(controlIdOf(sent), "AA")];
      if (controlIdOf(sent) === "2") {
        isKilled = true;
        socket.resetAndDestroy();
      }
      return [];
    });
    const client = clientOf(port, { maxInFlight: 2 });
    const ends = await Promise.allSettled(
      ["1", "2", "3", "4"].map((id) => client.send(Buffer.from(message(id)))),
    );
    expect(ends.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    for (const end of ends.slice(0, 2)) {
      expect(end).toMatchObject({ reason: { code: "mllp.noAnswer", failure: "ambiguous" } });
    }
  });

  test("get their own answers whatever the order and the slicing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(["a", "b", "c", "d", "e"], { minLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        async (order, size) => {
          const { port } = await scriptedReceiver((sent, socket) => {
            if (controlIdOf(sent) !== "e") return [];
            const bytes = order.map((id) => `\x0b${answerTo(id, `A${id}`)}\x1c\r`).join("");
            for (let at = 0; at < bytes.length; at += size)
              socket.write(bytes.slice(at, at + size));
            return [];
          });
          const client = clientOf(port, { maxInFlight: 5 });
          const ids = ["a", "b", "c", "d", "e"];
          const got = await Promise.all(ids.map((id) => client.exchange(Buffer.from(message(id)))));
          expect(got.map(({ application }) => application?.code)).toEqual(
            ids.map((id) => `A${id}`),
          );
          await client.close();
        },
      ),
      { numRuns: 20 },
    );
  });
});

test("an idle connection is closed after its time, and the next message opens a new one", async () => {
  const { port, sockets } = await scriptedReceiver((sent) => [answerTo(controlIdOf(sent), "AA")]);
  const client = clientOf(port, { idleTimeoutMs: 20 });
  await client.send(Buffer.from(message("1")));
  await new Promise<void>((resolve) => sockets[0]?.once("close", () => resolve()));
  await client.send(Buffer.from(message("2")));
  expect(sockets).toHaveLength(2);
});
