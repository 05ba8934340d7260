import { fdatasyncSync, openSync, writeSync } from "node:fs";
import { type AddressInfo, type Socket, createServer } from "node:net";

/**
 * What this machine allows at most: a bare socket and a file, one sync for all that arrived in a
 * turn, always the same answer. It neither frames nor reads, numbers or finds repeats. Whoever syncs
 * before answering is slower than this.
 */
const [file = "", port = "0"] = process.argv.slice(2);
const log = openSync(file, "w");
const answer = "\u000BMSH|^~\\&|B|B|L|L|20260101000000||ACK|1|P|2.5.1\rMSA|AA|1\r\u001C\r";
const trailer = 0x0d;

let waiting: { readonly socket: Socket; readonly bytes: Buffer }[] = [];
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    if (waiting.length === 0) setImmediate(store);
    waiting.push({ socket, bytes });
  });
});

function store(): void {
  const all = waiting;
  waiting = [];
  writeSync(log, Buffer.concat(all.map(({ bytes }) => bytes)));
  fdatasyncSync(log);
  // A message may arrive in parts: its last byte is answered.
  for (const { socket, bytes } of all) if (bytes.at(-1) === trailer) socket.write(answer);
}

server.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
