import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { seededRandom } from "@trestle/base";
import { connectMllp } from "@trestle/mllp";
import { eventually, testCertificate } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { connectPeer } from "../support/mllp-peer.ts";

// A hub takes its time to start where the machine is busy, and some start several.
vi.setConfig({ testTimeout: 120_000 });

let folder: IntegrationFolder;
let hubs: HubProcess[] = [];

beforeEach(() => {
  folder = integrationFolder("http://127.0.0.1:9/nobody");
});
afterEach(async () => {
  for (const hub of hubs) await hub.kill();
  hubs = [];
  folder.remove();
});

describe("a channel that answers once a message is processed", () => {
  beforeEach(() => {
    folder.write("transforms/hold.ts", holding(letGo()));
    folder.write("channels/all-in.yaml", `${channel}acknowledge: processed\ntransforms: [hold]\n`);
  });

  test("says nothing before the outcome is written, then AA, and AE for what could not be mapped", async () => {
    const hub = await start();
    const peer = await connectPeer(hub.mllpPort);
    let isAnswered = false;
    const answer = peer.send(message({ id: "held" })).finally(() => {
      isAnswered = true;
    });
    // Behind it on the same disk, and answered from there.
    const other = await connectPeer(hub.mllpPort);
    expect(code(await other.send(message({ id: "other", answers: "AL|NE" })))).toBe("CA");
    expect([await outcomeOf(hub, "held"), isAnswered]).toEqual([undefined, false]);
    writeFileSync(letGo(), "");
    expect(code(await answer)).toBe("AA");
    expect(await outcomeOf(hub, "held")).toMatch(/^mapped/u);
    other.close();
    expect(code(await peer.send(message({ id: "2", segments: ["EVN|A08|20260115103000"] })))).toBe(
      "AE",
    );
    expect(await outcomeOf(hub, "2")).toBe("notMapped");
    peer.close();
  });

  test("answers what was pipelined in its order", async () => {
    const hub = await start();
    const peer = await connectPeer(hub.mllpPort);
    const ids = Array.from({ length: 50 }, (_, index) => String(index));
    const answers = await Promise.all(ids.map((id) => peer.send(message({ id }))));
    expect(answers.map((answer) => answer.split("MSA|AA|")[1]?.split(/[|\r]/u)[0])).toEqual(ids);
    peer.close();
  });

  test("says CA at once in enhanced mode, and what became of it later", async () => {
    const hub = await start();
    const client = connectMllp({ host: "127.0.0.1", port: hub.mllpPort, random: seededRandom(1) });
    const asked = Buffer.from(message({ id: "1", answers: "AL|AL" }));
    const { commit, application } = await client.exchange(asked);
    await client.close();
    expect([commit?.code, application?.code]).toEqual(["CA", "AA"]);
  });

  test("loses nothing when senders are gone before they are answered, and the hub is killed", async () => {
    let hub = await start();
    const ids = ["held", "behind"];
    for (const id of ids) {
      const gone = await connectPeer(hub.mllpPort);
      expect(code(await gone.send(message({ id, answers: "AL|AL" })))).toBe("CA");
      gone.close();
    }
    for (const id of ids) expect(await outcomeOf(hub, id)).toBeUndefined();
    await hub.kill();
    writeFileSync(letGo(), "");
    hub = await start();
    const back = await connectPeer(hub.mllpPort);
    for (const id of ids) {
      expect(code(await back.send(message({ id, answers: "AL|AL" })))).toBe("CA");
      expect(code(await back.next())).toBe("AA");
    }
    const { items } = await hub.ask<Messages>("/api/v1/messages");
    expect(items.map(({ controlId }) => controlId).toSorted()).toEqual(ids.toSorted());
    back.close();
  });
});

test("sequence numbers go on behind a power cut", async () => {
  folder.write("trestle.yaml", `${settings}    sequenceNumbers: true\n`);
  let hub = await start();
  const peer = await connectPeer(hub.mllpPort);
  expect(expected(await peer.send(message({ id: "s", sequence: "0", segments: [] })))).toBe("-1");
  for (const sequence of ["1", "2", "3"]) {
    const answer = await peer.send(message({ id: sequence, sequence }));
    expect([code(answer), expected(answer)]).toEqual(["AA", sequence]);
  }
  await hub.kill();
  hub = await start();
  const again = await connectPeer(hub.mllpPort);
  expect(expected(await again.send(message({ id: "s", sequence: "0", segments: [] })))).toBe("4");
  const gap = await again.send(message({ id: "5", sequence: "5" }));
  expect([code(gap), expected(gap)]).toEqual(["AR", "4"]);
  expect(code(await again.send(message({ id: "4", sequence: "4" })))).toBe("AA");
  const carrying = await again.send(message({ id: "c", sequence: "0" }));
  expect([code(carrying), expected(carrying)]).toEqual(["AA", "5"]);
  await eventually("all are processed, and the one with 0 among them", async () => {
    const { items } = await hub.ask<Messages>("/api/v1/messages");
    return (
      items
        .map(({ controlId }) => controlId)
        .toSorted()
        .join(" ") === "1 2 3 4 5 c"
    );
  });
  again.close();
});

test("a hub with mutual TLS takes who shows a good certificate, and shows who does not", async () => {
  const authority = testCertificate({ name: "Authority of this test" });
  const keys = dirname(folder.data);
  writeFileSync(join(keys, "ca.pem"), authority.certificate);
  for (const name of ["hub.example", "app.example"]) {
    const { certificate, key } = testCertificate({ name, authority });
    writeFileSync(join(keys, `${name}.pem`), certificate);
    writeFileSync(join(keys, `${name}.key`), key);
  }
  folder.write("trestle.yaml", `${settings}${tls}`);
  const hub = await start();
  const client = (shown: object) =>
    connectMllp({
      host: "127.0.0.1",
      port: hub.mllpPort,
      random: seededRandom(1),
      sources: { directory: keys, environment: {} },
      tls: { authorities: "file:ca.pem", serverName: "hub.example", ...shown },
    });
  const good = client({ certificate: "file:app.example.pem", key: "file:app.example.key" });
  const answer = Buffer.from(await good.send(Buffer.from(message({ id: "1" })))).toString();
  expect(code(answer)).toBe("AA");
  const nobody = client({});
  await expect(nobody.send(Buffer.from(message({ id: "2" })))).rejects.toMatchObject({
    code: expect.stringMatching(/^mllp\./u),
  });
  const metrics = async () => (await fetch(`${hub.url}/metrics`)).text();
  await eventually("the refusal is counted", async () =>
    (await metrics()).includes(
      'trestle_mllp_refused_connections_total{listener="hospital",reason="handshakeFailed"} 1',
    ),
  );
  expect(await metrics()).toMatch(
    /^trestle_mllp_certificate_end_seconds\{listener="hospital"\} \d{10}$/mu,
  );
  expect(hub.errors()).toContain("certificateMissing");
  await Promise.all([good.close(), nobody.close()]);
});

test("a hub does not start on a certificate that it cannot read, and says which listener", async () => {
  folder.write("trestle.yaml", `${settings}${tls}`);
  await expect(start()).rejects.toThrow(/hub\.tlsNotUsable/u);
});

/** The file that ends the waiting of `holding`. */
function letGo(): string {
  return join(dirname(folder.data), "go");
}

/** A transform that keeps the message `held` in processing until a file is there. */
function holding(file: string): string {
  return `import { existsSync } from "node:fs";

export const transform = {
  after(bundle, { message }) {
    const cell = new Int32Array(new SharedArrayBuffer(4));
    while (message.controlId === "held" && !existsSync(${JSON.stringify(file)})) {
      Atomics.wait(cell, 0, 0, 10);
    }
    return bundle;
  },
};
`;
}

interface Messages {
  readonly items: readonly { readonly controlId: string; readonly outcome: string }[];
}

async function start(): Promise<HubProcess> {
  const hub = await startHubProcess(folder);
  hubs.push(hub);
  return hub;
}

async function outcomeOf(hub: HubProcess, controlId: string): Promise<string | undefined> {
  const { items } = await hub.ask<Messages>("/api/v1/messages");
  return items.find((item) => item.controlId === controlId)?.outcome;
}

function code(answer: string): string | undefined {
  return /MSA\|(?<code>\w\w)/u.exec(answer)?.groups?.["code"];
}

/** MSA-4. */
function expected(answer: string): string | undefined {
  return /\rMSA\|(?<fields>[^\r]*)/u.exec(answer)?.groups?.["fields"]?.split("|")[3];
}

interface Wishes {
  readonly id: string;
  readonly sequence?: string;
  /** MSH-15 and MSH-16. */
  readonly answers?: string;
  /** Behind the header; a patient where left out. */
  readonly segments?: readonly string[];
}

function message({ id, sequence = "", answers = "", segments = patient }: Wishes): string {
  const header = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${id}|T|2.5|${sequence}||${answers}`;
  return [header, ...segments, ""].join("\r");
}

const patient = ["EVN|A08|20260115103000", "PID|1||900001^^^HH^MR||FERNSBY^ALMA", "PV1|1|O"];

const settings = `http:
  port: 0
listeners:
  hospital:
    type: mllp
    port: 0
`;

const tls = `    tls:
      certificate: file:../hub.example.pem
      key: file:../hub.example.key
      clientCertificates: required
      clientAuthorities: file:../ca.pem
      allowClients: ["dns:app.example"]
`;

const channel = `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: app
`;
