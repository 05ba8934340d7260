import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One result as it came in, in the order of arrival. */
export interface Received {
  readonly key: string;
  readonly message: number;
  readonly site: string;
  readonly type: string;
  readonly isReplay: boolean;
  readonly body: string;
}

/** A webhook peer that keeps a ledger of all that came. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** The status to answer with from now on. */
  status: number;
  stop(): Promise<void>;
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const header = (name: string) => String(request.headers[name] ?? "");
      if (receiver.status < 300) {
        received.push({
          key: header("idempotency-key"),
          message: Number(header("trestle-message")),
          site: header("trestle-site"),
          type: header("trestle-type"),
          isReplay: header("trestle-replay") === "true",
          body: Buffer.concat(chunks).toString("utf8"),
        });
      }
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/results`,
    received,
    status: 200,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
