import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { seededRandom } from "@trestle/base";
import { onTestFinished } from "vitest";
import { MllpDecoder, type MllpClient, type MllpClientOptions, connectMllp } from "../src/index.ts";
import { framed } from "./raw-peer.ts";

/** What a receiver does with a frame: the payloads that it writes, or something else. */
export type Script = (text: string, socket: Socket) => readonly string[];

/** A receiver that does as told with each frame, and remembers them all. */
export async function scriptedReceiver(script: Script) {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    const decoder = new MllpDecoder({ maxFrameBytes: 1_000_000, captureBytes: 0 });
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const one of decoder.push(chunk)) {
        if (one.kind !== "frame") continue;
        const text = Buffer.from(one.payload).toString("latin1");
        received.push(text);
        for (const answer of script(text, socket)) socket.write(framed(answer), "latin1");
      }
    });
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, received, sockets };
}

export function clientOf(port: number, options: Partial<MllpClientOptions> = {}): MllpClient {
  const client = connectMllp({
    host: "127.0.0.1",
    port,
    reconnect: { firstDelayMs: 1 },
    random: seededRandom(1),
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** MSH-10 of a message, or MSA-2 of an answer. */
export function controlIdOf(text: string): string {
  return text.split("|")[9] ?? "";
}
