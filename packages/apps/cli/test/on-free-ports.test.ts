import { once } from "node:events";
import { type AddressInfo, type Server, createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { onFreePorts } from "../src/io/on-free-ports.ts";
import { openApplication } from "../src/io/open-application.ts";

const others: Server[] = [];
afterEach(async () => {
  for (const other of others.splice(0)) {
    other.close();
    await once(other, "close");
  }
});

test("what must be told a free port gets another where a program took it between", async () => {
  const tried: number[] = [];
  const application = await onFreePorts({ sample: 0 }, async ({ sample }) => {
    tried.push(sample);
    if (tried.length <= 2) await occupy(sample);
    return start(sample);
  });
  expect(tried).toHaveLength(3);
  expect(new URL(application.url).port).toBe(String(tried[2]));
  await application.stop();
});

test("a port that was asked for is not exchanged, and its problem says which", async () => {
  const port = await occupy(0);
  let tries = 0;
  const asked = onFreePorts({ sample: port, site: 0 }, ({ sample }) => {
    tries += 1;
    return start(sample);
  });
  await expect(asked).rejects.toMatchObject({ code: "cli.sampleNotListening", facts: { port } });
  expect(tries).toBe(1);
});

test("it ends where each port is taken", async () => {
  let tries = 0;
  const asked = onFreePorts({ sample: 0 }, async ({ sample }) => {
    tries += 1;
    await occupy(sample);
    return start(sample);
  });
  await expect(asked).rejects.toMatchObject({ code: "cli.sampleNotListening" });
  expect(tries).toBe(5);
});

const start = (port: number) =>
  openApplication({ host: "127.0.0.1", port, maxBodyBytes: 1_000_000 });

/** Listens at a port as another program would. */
async function occupy(port: number): Promise<number> {
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  others.push(other);
  return (other.address() as AddressInfo).port;
}
