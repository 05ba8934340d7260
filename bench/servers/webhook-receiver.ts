import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook that reads each result and answers 200; counts on `GET /`. */
let received = 0;
let bytes = 0;
const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.end(JSON.stringify({ received, bytes }));
    return;
  }
  request.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
  request.on("end", () => {
    received += 1;
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
