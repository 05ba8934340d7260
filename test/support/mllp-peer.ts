import { type Socket, connect } from "node:net";

/**
 * A sender that shares no code with the hub: it frames by hand, waits for each acknowledgement and
 * tells what was acknowledged.
 */
export interface MllpPeer {
  /** The text of the acknowledgement. Rejects when the connection ends first. */
  send(message: string): Promise<string>;
  /** Writes bytes as they are. */
  write(bytes: Uint8Array): void;
  /** The next acknowledgement, of whatever was written. */
  next(): Promise<string>;
  close(): void;
}

export async function connectPeer(port: number): Promise<MllpPeer> {
  const socket = await connected(port);
  const arrived: string[] = [];
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  let isOver = false;
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0x1c); end !== -1; end = rest.indexOf(0x1c)) {
      const text = rest.subarray(1, end).toString("utf8");
      rest = rest.subarray(end + 2);
      const first = waiting.shift();
      if (first === undefined) arrived.push(text);
      else first.resolve(text);
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    isOver = true;
    for (const { reject } of waiting.splice(0)) reject(new Error("the connection ended"));
  });
  const next = () =>
    new Promise<string>((resolve, reject) => {
      const text = arrived.shift();
      if (text !== undefined) resolve(text);
      else if (isOver) reject(new Error("the connection ended"));
      else waiting.push({ resolve, reject });
    });
  return {
    next,
    send(message) {
      socket.write(frame(message));
      return next();
    },
    write: (bytes) => socket.write(bytes),
    close: () => socket.destroy(),
  };
}

export function frame(message: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x0b]),
    Buffer.from(message, "utf8"),
    Buffer.from([0x1c, 0x0d]),
  ]);
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
    socket.once("error", reject);
  });
}
