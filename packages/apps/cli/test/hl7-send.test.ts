import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type MllpListener, listen, mllpListener } from "@trestle/mllp";
import { temporaryFolder, testCertificate } from "@trestle/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rowsOf, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleMessage } from "./support/sample.ts";

const header = "MSH|^~\\&|A|B|C|D|20260115103000||";

describe("hl7 send", () => {
  let listener: MllpListener;
  let to: readonly string[];
  let received: Uint8Array[] = [];
  let answer: (controlId: string) => string | undefined = () => undefined;

  beforeAll(async () => {
    listener = await listen(mllpListener.parse({ port: 0 }), {
      onMessage: async ({ payload }) => {
        received.push(payload);
        const controlId = Buffer.from(payload).toString("latin1").split("|")[9] ?? "";
        const text = answer(controlId);
        return text === undefined ? undefined : Buffer.from(text);
      },
      onProblem: async () => undefined,
    });
    to = ["--to", `127.0.0.1:${listener.port}`];
  });
  afterAll(() => listener.close());
  beforeEach(() => {
    received = [];
  });

  const reply = (code: string, controlId: string) =>
    `MSH|^~\\&|R|R|S|S|20260115||ACK|1|T|2.5\rMSA|${code}|${controlId}|because\r`;

  test("prints each acknowledgement", async () => {
    answer = (controlId) => reply("AA", controlId);
    const { code, output } = await trestle(["hl7", "send", sampleMessage("adt-a08"), ...to]);
    expect(code).toBe(0);
    expect(output).toMatch(/^MSH\|.*\nMSA\|AA\|563782244\|because\n$/u);
    expect(received).toHaveLength(1);
  });

  test("sends them all, and ends with 3 when one was not accepted", async () => {
    answer = (controlId) => reply(controlId === "2" ? "AE" : "AA", controlId);
    const input = [1, 2, 3].map((id) => `${header}ADT^A01|${id}|T|2.5\nEVN|A01\n`).join("");
    const ended = await trestle(["hl7", "send", "-", "--json", ...to], { input });
    expect(ended.code).toBe(3);
    expect(rowsOf(ended)).toMatchObject([
      { number: 1, code: "AA", controlId: "1" },
      { number: 2, code: "AE", controlId: "2", reason: "because" },
      { number: 3, code: "AA", controlId: "3" },
    ]);
    expect(received).toHaveLength(3);
  });

  test("leaves the bytes as they are in the file, but for the ends of segments", async () => {
    answer = (controlId) => reply("AA", controlId);
    const text = (end: string) =>
      `${header}ADT^A01|1|T|2.5||||||8859/1${end}PID|1||7||BEAM^REN\u{E9}\u{A0}${end}`;
    const input = Buffer.from(text("\r\n"), "latin1");
    expect((await trestle(["hl7", "send", "-", ...to], { input })).code).toBe(0);
    expect(received.map((bytes) => Buffer.from(bytes).toString("latin1"))).toEqual([text("\r")]);
  });

  test("leaves a line feed in a field, and says where a file is cut off", async () => {
    answer = (controlId) => reply("AA", controlId);
    const message = `${header}ADT^A01|1|T|2.5\rNTE|1||one\ntwo\r`;
    const input = `BHS|^~\\&\n${message}BTS|7\r`;
    const { code, errors } = await trestle(["hl7", "send", "-", ...to], { input });
    expect(received.map((bytes) => Buffer.from(bytes).toString("latin1"))).toEqual([message]);
    expect(errors).toContain("BTS-1 says 7 messages");
    expect(code).toBe(3);
  });

  test("gives up after the time-out, saying that the message may have arrived", async () => {
    answer = () => undefined;
    const words = ["hl7", "send", sampleMessage("adt-a08"), "--timeout-seconds", "0.2", ...to];
    const { code, errors } = await trestle(words);
    expect(errors).toContain("The message was sent and its fate is unknown.");
    expect(errors).toContain("mllp.noAnswer");
    expect(code).toBe(1);
  });

  test("Ctrl+C ends the wait for an acknowledgement", async () => {
    const asked = Promise.withResolvers<void>();
    answer = () => (asked.resolve(), undefined);
    const running = startTrestle(["hl7", "send", sampleMessage("adt-a08"), ...to]);
    await asked.promise;
    const { code, errors } = await running.interrupt();
    expect(errors).toContain("Interrupted before it was done.");
    expect(code).toBe(1);
  });

  test("asks for both answers with --accept and --application, and prints both", async () => {
    const asked: string[] = [];
    const enhanced = await listen(mllpListener.parse({ port: 0 }), {
      async onMessage({ payload }) {
        asked.push(Buffer.from(payload).toString());
        const later = Promise.resolve(Buffer.from(reply("AE", "1")));
        return { isStored: true, answer: Buffer.from(reply("CA", "1")), later };
      },
      onProblem: async () => undefined,
    });
    const words = ["hl7", "send", "-", "--accept", "AL", "--application", "AL", "--json"];
    const ended = await trestle([...words, "--to", `127.0.0.1:${enhanced.port}`], {
      input: `${header}ADT^A01|1|T|2.5\n`,
    });
    await enhanced.close();
    expect(asked).toEqual([`${header}ADT^A01|1|T|2.5|||AL|AL\r`]);
    expect(ended.code).toBe(3);
    expect(rowsOf(ended)).toMatchObject([
      { number: 1, code: "CA" },
      { number: 1, code: "AE" },
    ]);
  });

  test("asks for both answers in a file of UTF-16 too", async () => {
    const asked: string[] = [];
    const wide = (text: string) => Buffer.from(text, "utf16le").swap16();
    const enhanced = await listen(mllpListener.parse({ port: 0 }), {
      async onMessage({ payload }) {
        asked.push(Buffer.from(payload).swap16().toString("utf16le"));
        return {
          isStored: true,
          answer: wide(reply("CA", "1")),
          later: Promise.resolve(wide(reply("AA", "1"))),
        };
      },
      onProblem: async () => undefined,
    });
    const words = ["hl7", "send", "-", "--accept", "AL", "--application", "AL", "--json"];
    const text = `${header}ADT^A01|1|T|2.5||||||UNICODE UTF-16\nPID|1||7||\u9AD4\n`;
    const ended = await trestle([...words, "--to", `127.0.0.1:${enhanced.port}`], {
      input: Buffer.from(`\u{FEFF}${text}`, "utf16le"),
    });
    await enhanced.close();
    const sent = text.replace("2.5||||", "2.5|||AL|AL").replaceAll("\n", "\r");
    expect(asked).toEqual([sent]);
    expect(rowsOf(ended)).toMatchObject([{ code: "CA" }, { code: "AA" }]);
    expect(ended.code).toBe(0);
  });

  test("sends ahead with --window, and prints in the order of the file", async () => {
    answer = (controlId) => reply("AA", controlId);
    const ids = Array.from({ length: 30 }, (_, index) => String(index));
    const input = ids.map((id) => `${header}ADT^A01|${id}|T|2.5\nEVN|A01\n`).join("");
    const ended = await trestle(["hl7", "send", "-", "--window", "8", "--json", ...to], { input });
    expect(ended.code).toBe(0);
    expect(rowsOf(ended).map((row) => row["controlId"])).toEqual(ids);
  });

  test("speaks release 2 with --block-ack", async () => {
    const release2 = await listen(mllpListener.parse({ port: 0, blockAcknowledgement: true }), {
      onMessage: async () => Buffer.from(reply("AA", "1")),
      onProblem: async () => undefined,
    });
    const words = ["hl7", "send", "-", "--block-ack", "--to", `127.0.0.1:${release2.port}`];
    const { code } = await trestle(words, { input: `${header}ADT^A01|1|T|2.5\n` });
    await release2.close();
    expect(code).toBe(0);
  });

  test("shows a certificate with --cert and --key, and trusts --ca alone", async () => {
    const folder = temporaryFolder();
    const authority = testCertificate({ name: "Authority of this test" });
    const path = (file: string) => join(folder.path, file);
    writeFileSync(path("ca.pem"), authority.certificate);
    for (const name of ["hub.example", "app.example"]) {
      const { certificate, key } = testCertificate({ name, authority });
      writeFileSync(path(`${name}.pem`), certificate);
      writeFileSync(path(`${name}.key`), key);
    }
    const secure = await listen(
      mllpListener.parse({
        port: 0,
        tls: {
          certificate: `file:${path("hub.example.pem")}`,
          key: `file:${path("hub.example.key")}`,
          clientCertificates: "required",
          clientAuthorities: `file:${path("ca.pem")}`,
        },
      }),
      { onMessage: async () => Buffer.from(reply("AA", "1")), onProblem: async () => undefined },
    );
    const words = ["hl7", "send", "-", "--to", `127.0.0.1:${secure.port}`];
    const input = `${header}ADT^A01|1|T|2.5\n`;
    const trusted = ["--ca", path("ca.pem"), "--servername", "hub.example"];
    const shown = ["--cert", path("app.example.pem"), "--key", path("app.example.key")];
    const ended = await Promise.all([
      trestle([...words, ...trusted, ...shown], { input }),
      trestle([...words, ...trusted], { input }),
      trestle([...words, "--tls"], { input }),
      trestle([...words, ...trusted, "--cert", path("app.example.pem")], { input }),
    ]);
    await secure.close(0);
    folder.remove();
    expect(ended.map(({ code }) => code)).toEqual([0, 1, 1, 2]);
    expect(ended[2]?.errors).toContain("mllp.connectionFailed");
    expect(ended[3]?.errors).toContain("--cert and --key belong together");
  });

  test("a receiver that is not there ends with 1", async () => {
    const words = ["hl7", "send", sampleMessage("adt-a08"), "--to", "127.0.0.1:9"];
    const { code, errors } = await trestle(words);
    expect(errors).toMatch(/Nothing was sent\.[^]*mllp\.connectionFailed .*ECONNREFUSED/u);
    expect(code).toBe(1);
  });
});
