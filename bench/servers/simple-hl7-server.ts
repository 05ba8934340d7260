import { createRequire } from "node:module";

/** The package's own server as its README starts it: parses, answers AA, stores nothing. */
const peer: unknown = createRequire(import.meta.url)("simple-hl7");
// It has no types of its own.
const hl7 = peer as {
  tcp(): {
    use(handle: (request: object, response: { end(): void }, next: () => void) => void): void;
    start(port: number): void;
  };
};

const port = Number(process.argv[2]);
const server = hl7.tcp();
server.use((_request, response) => response.end());
server.start(port);
process.stdout.write(`${JSON.stringify({ port })}\n`);
