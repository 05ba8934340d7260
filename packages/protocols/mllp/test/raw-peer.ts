import { once } from "node:events";
import { type Socket, connect } from "node:net";

/** A sender that knows nothing of the package under test: it writes and reads plain bytes. */
export class RawPeer {
  readonly socket: Socket;
  /** Resolves when the other side, or the network, ended the connection. */
  readonly closed: Promise<void>;
  chunkCount = 0;
  #text = "";
  #onData: () => void = () => {};

  static async connect(port: number, host = "127.0.0.1"): Promise<RawPeer> {
    const peer = new RawPeer(connect({ port, host, noDelay: true }));
    await once(peer.socket, "connect");
    return peer;
  }

  constructor(socket: Socket) {
    this.socket = socket;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    socket.on("error", () => {});
    socket.on("end", resolve);
    socket.on("close", () => resolve());
    socket.on("data", (chunk) => {
      this.chunkCount += 1;
      this.#text += chunk.toString("latin1");
      this.#onData();
    });
  }

  send(...texts: readonly string[]): void {
    this.socket.write(texts.join(""), "latin1");
  }

  /** The next answers, without their framing. */
  async answers(count: number): Promise<readonly string[]> {
    while (this.#text.split("\x1c\r").length <= count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onData = resolve;
      await promise;
    }
    const parts = this.#text.split("\x1c\r");
    this.#text = parts.slice(count).join("\x1c\r");
    return parts.slice(0, count).map((part) => part.replace("\x0b", ""));
  }
}

/** A payload as it goes over the wire. */
export function framed(payload: string): string {
  return `\x0b${payload}\x1c\r`;
}
