import { type Hl7Connection, type Hl7MessageEvent, Hl7Server } from "@medplum/hl7";

/** The package's own server as its README starts it: parses, answers AA, stores nothing. */
const port = Number(process.argv[2]);
const server = new Hl7Server((connection: Hl7Connection) => {
  connection.addEventListener("message", ({ message }: Hl7MessageEvent) => {
    connection.send(message.buildAck());
  });
});
await server.start(port);
process.stdout.write(`${JSON.stringify({ port })}\n`);
