import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { seededRandom } from "@trestle/base";
import { afterEach, describe, expect, test } from "vitest";
import { type MllpClient, type MllpClientOptions, connectMllp } from "../src/index.ts";
import { answerTo, message } from "./invented-messages.ts";
import { listening } from "./listening.ts";
import { framed } from "./raw-peer.ts";

const clients: MllpClient[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) server.close();
});

describe("a client", () => {
  test("sends one message after the other and gives each its answer", async () => {
    let underWay = 0;
    const listener = await listening(
      {},
      {
        onMessage: async ({ payload }) => {
          underWay += 1;
          expect(underWay).toBe(1);
          await new Promise(setImmediate);
          underWay -= 1;
          return Buffer.from(`answer to ${Buffer.from(payload).toString()}`);
        },
      },
    );
    const client = clientOf(listener.port);
    const answers = await Promise.all(["a", "b", "c"].map((text) => send(client, text)));
    expect(answers).toEqual(["answer to a", "answer to b", "answer to c"]);
    expect(listener.connections).toBe(1);
  });

  test("connects again after the receiver came back", async () => {
    const first = await listening();
    const client = clientOf(first.port);
    expect(await send(client, "a")).toBe("a");
    await first.close(0);
    await expect(send(client, "b")).rejects.toMatchObject({
      code: expect.stringMatching(/^mllp\.(?:connectionFailed|noAnswer)$/u),
    });
    await listening({ port: first.port });
    expect(await send(client, "c")).toBe("c");
  });

  test("waits longer before each new try to connect", async () => {
    const delays: number[] = [];
    const port = await freePort();
    const client = clientOf(port, {
      reconnect: { firstDelayMs: 1000, maxDelayMs: 4000 },
      random: { next: () => 0 },
      clock: {
        now: () => 0,
        after(delayMs, action) {
          if (delayMs === connectTimeoutMs) return () => {};
          delays.push(delayMs);
          setImmediate(action);
          return () => {};
        },
      },
    });
    for (const text of ["a", "b", "c", "d", "e"]) {
      await expect(send(client, text)).rejects.toMatchObject({
        code: "mllp.connectionFailed",
        failure: "transient",
      });
    }
    expect(delays).toEqual([500, 1000, 2000, 2000]);
  });

  test("gives up connecting after its time-out", async () => {
    const port = await scripted(() => {});
    const client = clientOf(port, {
      clock: {
        now: () => 0,
        after(delayMs, action) {
          if (delayMs === connectTimeoutMs) action();
          return () => {};
        },
      },
    });
    await expect(send(client, "a")).rejects.toMatchObject({ code: "mllp.connectionFailed" });
  });

  test("takes a receiver that closed an idle connection as no failure", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await scripted((socket) => {
      socket.on("data", () => socket.end(framed("AA"))).on("close", () => closed.resolve());
    });
    const client = clientOf(port, { reconnect: { firstDelayMs: 86_400_000 } });
    expect(await send(client, "a")).toBe("AA");
    await closed.promise;
    expect(await send(client, "b")).toBe("AA");
  });
});

describe("an ambiguous end", () => {
  test.each<{ name: string; reason: string; act: (socket: Socket) => void }>([
    { name: "the connection breaks", reason: "connectionLost", act: (socket) => socket.destroy() },
    { name: "no answer comes in time", reason: "timeout", act: () => {} },
    {
      name: "the answer is too large",
      reason: "frameTooLarge",
      act: (socket) => socket.write(framed("m".repeat(2000))),
    },
    {
      name: "the answer does not end well",
      reason: "endWithoutReturn",
      act: (socket) => socket.write("\x0bMSH|\x1cx"),
    },
  ])("when $name", async ({ reason, act }) => {
    const sockets: Socket[] = [];
    const port = await scripted((socket) => {
      sockets.push(socket);
      socket.on("data", () => act(socket));
    });
    const answerTimeoutMs = reason === "timeout" ? 100 : 5000;
    const client = clientOf(port, { answerTimeoutMs, maxFrameBytes: 1024 });
    await expect(send(client, "a")).rejects.toMatchObject({
      code: "mllp.noAnswer",
      failure: "ambiguous",
      facts: { reason },
    });
    await expect(send(client, "b")).rejects.toMatchObject({ code: "mllp.noAnswer" });
    expect(sockets).toHaveLength(2);
  });

  test("when the answer belongs to another message, and the connection is dropped", async () => {
    const listener = await listening(
      {},
      { onMessage: async () => Buffer.from(answerTo("2", "AA")) },
    );
    const client = clientOf(listener.port);
    await expect(send(client, message("1"))).rejects.toMatchObject({
      code: "mllp.wrongAnswer",
      failure: "ambiguous",
    });
    expect(await send(client, message("2"))).toBe(answerTo("2", "AA"));
  });

  test("is not made of a second answer, nor is that taken for the next message", async () => {
    const port = await scripted((socket) => {
      socket.on("data", (chunk) => socket.write(Buffer.concat([chunk, chunk])));
    });
    const client = clientOf(port);
    expect(await send(client, "a")).toBe("a");
    expect(await send(client, "b")).toBe("b");
  });
});

describe("limits and giving up", () => {
  test("a full queue refuses, and a message that cannot be framed is refused", async () => {
    const port = await scripted(() => {});
    const client = clientOf(port, { maxQueued: 1 });
    const underWay = send(client, "a");
    const queued = send(client, "b");
    await expect(send(client, "c")).rejects.toMatchObject({ code: "mllp.queueFull" });
    await client.close();
    await expect(queued).rejects.toMatchObject({ code: "mllp.clientClosed" });
    await expect(underWay).rejects.toBeInstanceOf(Error);
    await expect(send(client, "d")).rejects.toMatchObject({ code: "mllp.clientClosed" });
    await expect(send(clientOf(port), "a\x1cb")).rejects.toMatchObject({
      code: "mllp.notFrameable",
    });
  });

  test("giving up is transient in the queue and ambiguous once sent", async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await scripted((socket) => socket.on("data", () => arrived.resolve()));
    const client = clientOf(port);
    const sent = new AbortController();
    const queued = new AbortController();
    const first = client.send(Buffer.from("a"), sent.signal);
    const second = client.send(Buffer.from("b"), queued.signal);
    queued.abort();
    await expect(second).rejects.toMatchObject({ code: "mllp.cancelled", failure: "transient" });
    await arrived.promise;
    sent.abort();
    await expect(first).rejects.toMatchObject({ code: "mllp.noAnswer", failure: "ambiguous" });
    await expect(client.send(Buffer.from("c"), sent.signal)).rejects.toMatchObject({
      code: "mllp.cancelled",
    });
  });
});

const connectTimeoutMs = 5000;

function clientOf(port: number, options: Partial<MllpClientOptions> = {}): MllpClient {
  const client = connectMllp({
    host: "127.0.0.1",
    port,
    connectTimeoutMs,
    reconnect: { firstDelayMs: 1 },
    random: seededRandom(1),
    ...options,
  });
  clients.push(client);
  return client;
}

async function send(client: MllpClient, text: string): Promise<string> {
  return Buffer.from(await client.send(Buffer.from(text))).toString();
}

/** A receiver that does as told with each connection. */
async function scripted(act: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    act(socket);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const listener = await listening();
  await listener.close(0);
  return listener.port;
}
