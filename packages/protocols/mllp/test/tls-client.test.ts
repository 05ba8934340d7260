import { testCertificate } from "@trestle/testkit";
import { afterEach, describe, expect, test, vi } from "vitest";
import { listen, mllpListener } from "../src/index.ts";
import {
  authority,
  clientOf,
  closeLater,
  echo,
  keepCertificates,
  listening,
  put,
  send,
  stranger,
} from "./secure-listening.ts";

keepCertificates();
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a client with TLS", () => {
  const good = testCertificate({ name: "bridge.example", authority });

  test("checks the receiver, shows its own certificate, and is answered", async () => {
    put("bridge", good);
    const { listener } = await listening({
      clientCertificates: "required",
      clientAuthorities: "file:authority.pem",
    });
    const client = clientOf(listener, {
      authorities: "file:authority.pem",
      certificate: "file:bridge.pem",
      key: "file:bridge.key",
      serverName: "hub.example",
    });
    expect(await send(client, "a")).toBe("a");
  });

  test("takes an address for the receiver's name", async () => {
    const { listener } = await listening();
    expect(await send(clientOf(listener, { authorities: "file:authority.pem" }), "a")).toBe("a");
  });

  test.each([
    { what: "of an authority that it does not know", tls: {} },
    {
      what: "that is not for the name it expects",
      tls: { authorities: "file:authority.pem", serverName: "another.example" },
    },
  ])("sends nothing to a receiver with a certificate $what", async ({ tls }) => {
    const { listener, taken } = await listening();
    await expect(send(clientOf(listener, tls), "a")).rejects.toMatchObject({
      code: "mllp.connectionFailed",
      failure: "transient",
    });
    expect(taken).toEqual([]);
  });

  test("sends nothing to a receiver that it does not know, also where the process lets others do so", async () => {
    const { listener, taken } = await listening();
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    await expect(send(clientOf(listener, {}), "a")).rejects.toMatchObject({
      code: "mllp.connectionFailed",
    });
    expect(taken).toEqual([]);
  });

  test("sends nothing to a receiver without TLS", async () => {
    const listener = await listen(mllpListener.parse({ port: 0 }), echo([]));
    closeLater(listener);
    await expect(send(clientOf(listener, {}), "a")).rejects.toMatchObject({
      code: "mllp.connectionFailed",
    });
  });

  test("with the wrong certificate is not let in, and does not take that for an answer", async () => {
    put("wrong", testCertificate({ name: "bridge.example", authority: stranger }));
    const { listener, nextRefusal, taken } = await listening({
      clientCertificates: "required",
      clientAuthorities: "file:authority.pem",
    });
    const client = clientOf(listener, {
      authorities: "file:authority.pem",
      certificate: "file:wrong.pem",
      key: "file:wrong.key",
    });
    await expect(send(client, "a")).rejects.toMatchObject({
      code: expect.stringMatching(/^mllp\.(?:noAnswer|connectionFailed)$/u),
    });
    await nextRefusal();
    expect(taken).toEqual([]);
  });

  test("says when its certificate cannot be read", async () => {
    const { listener } = await listening();
    await expect(
      send(clientOf(listener, { certificate: "file:no.pem", key: "file:no.key" }), "a"),
    ).rejects.toMatchObject({ code: "mllp.tlsNotUsable" });
  });
});
