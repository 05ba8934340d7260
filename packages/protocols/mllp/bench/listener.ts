import { once } from "node:events";
import { connect } from "node:net";
import { fork } from "node:child_process";
import { listen, mllpListener } from "../src/index.ts";

// How many messages a second a listener takes and answers, when nothing is stored.
// The senders run in a process of their own; each sends the next message after its answer.

const connectionCount = 16;
const messages = 200_000;
const message = Buffer.from(`\x0bMSH|^~\\&|BENCH${"|field".repeat(230)}\r\x1c\r`);
const answer = Buffer.from("MSH|^~\\&|BENCH\rMSA|AA|1\r");

if (process.argv[2] === undefined) await receive();
else await send(Number(process.argv[2]));

async function receive(): Promise<void> {
  const listener = await listen(mllpListener.parse({ port: 0 }), {
    onMessage: async () => answer,
    onProblem: async () => undefined,
  });
  const used = process.cpuUsage();
  const started = performance.now();
  const senders = fork(import.meta.filename, [String(listener.port)]);
  await once(senders, "exit");
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  console.log(
    `${Math.round(messages / seconds)}/s over ${connectionCount} connections, ` +
      `${((user + system) / messages).toFixed(1)} µs CPU a message in the listener`,
  );
  await listener.close();
}

async function send(port: number): Promise<void> {
  await Promise.all(
    Array.from({ length: connectionCount }, async () => {
      const socket = connect({ port, noDelay: true });
      let left = messages / connectionCount;
      socket.on("data", () => {
        left -= 1;
        if (left > 0) socket.write(message);
        else socket.end();
      });
      socket.write(message);
      await once(socket, "close");
    }),
  );
}
