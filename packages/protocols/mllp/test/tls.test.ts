import { connect as connectPlain } from "node:net";
import { type TestCertificate, eventually, testCertificate } from "@trestle/testkit";
import { afterEach, describe, expect, test, vi } from "vitest";
import { RawPeer, framed } from "./raw-peer.ts";
import {
  authority,
  fingerprint,
  fingerprintOf,
  hub,
  keepCertificates,
  listening,
  put,
  reloaded,
  secured,
  stranger,
  write,
} from "./secure-listening.ts";

keepCertificates();
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a listener with TLS", () => {
  test("takes messages over TLS in any slicing, and answers them", async () => {
    const { listener } = await listening();
    const peer = new RawPeer(await secured(listener));
    for (const byte of framed("sliced")) peer.send(byte);
    peer.send(framed("a"), framed("b"));
    expect(await peer.answers(3)).toEqual(["sliced", "a", "b"]);
  });

  test("answers a sender that closed its side behind its last message", async () => {
    const { listener } = await listening();
    const peer = new RawPeer(await secured(listener));
    peer.socket.end(framed("last"));
    expect(await peer.answers(1)).toEqual(["last"]);
  });

  test("tells of a sender that speaks plain MLLP, without a byte of what it sent", async () => {
    const { listener, refused, nextRefusal } = await listening();
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("MSH|plain"));
    await peer.closed;
    await nextRefusal();
    expect(refused).toEqual([
      {
        reason: "handshakeFailed",
        remote: `127.0.0.1:${peer.socket.localPort}`,
        detail: expect.stringMatching(/^ERR_SSL_/u),
      },
    ]);
    expect(JSON.stringify(refused)).not.toContain("plain");
  });

  test("tells of one that hangs up, and of one that is silent for too long", async () => {
    const { listener, refused, nextRefusal } = await listening({ handshakeTimeoutSeconds: 0.1 });
    const silent = connectPlain({ port: listener.port }).on("error", () => {});
    await nextRefusal();
    connectPlain({ port: listener.port }).end();
    await nextRefusal();
    expect(refused.map(({ reason }) => reason)).toEqual(["handshakeFailed", "handshakeFailed"]);
    silent.destroy();
  });

  test("speaks no version older than it may", async () => {
    const { listener, refused, nextRefusal } = await listening({ minVersion: "TLSv1.3" });
    await expect(secured(listener, { maxVersion: "TLSv1.2" })).rejects.toThrow();
    await nextRefusal();
    expect(refused[0]?.detail).toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
  });

  test("counts handshakes among its connections", async () => {
    const { listener, refused, nextRefusal } = await listening({}, { maxConnections: 1 });
    const first = await RawPeer.connect(listener.port);
    const second = await RawPeer.connect(listener.port);
    await second.closed;
    await nextRefusal();
    expect(refused[0]?.reason).toBe("tooManyConnections");
    first.socket.destroy();
  });

  test.each([
    { what: "a file that is not there", certificate: "file:none.pem" },
    { what: "a variable that is not set", certificate: "env:TRESTLE_NO_SUCH" },
    { what: "a key of another certificate", certificate: "file:authority.pem" },
    { what: "a file that is no certificate", certificate: "file:authority.key" },
  ])("does not start with $what", async ({ certificate }) => {
    await expect(listening({ certificate })).rejects.toMatchObject({ code: "mllp.tlsNotUsable" });
  });
});

describe("client certificates", () => {
  const good = testCertificate({ name: "bridge.example", authority });
  const wishes = { clientAuthorities: "file:authority.pem" } as const;

  test.each<{
    what: string;
    show: TestCertificate | undefined;
    clientCertificates: "optional" | "required";
    allowClients?: readonly string[];
    detail: string | undefined;
  }>([
    { what: "a good one", show: good, clientCertificates: "required", detail: undefined },
    {
      what: "none where one is required",
      show: undefined,
      clientCertificates: "required",
      detail: "certificateMissing",
    },
    {
      what: "none where it is optional",
      show: undefined,
      clientCertificates: "optional",
      detail: undefined,
    },
    {
      what: "one of another authority",
      show: testCertificate({ name: "bridge.example", authority: stranger }),
      clientCertificates: "required",
      detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    },
    {
      what: "one of another authority where it is optional",
      show: testCertificate({ name: "bridge.example", authority: stranger }),
      clientCertificates: "optional",
      detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    },
    {
      what: "one that has ended",
      show: testCertificate({ name: "bridge.example", authority, days: -1 }),
      clientCertificates: "required",
      detail: "CERT_HAS_EXPIRED",
    },
    {
      what: "one whose common name is listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:bridge.example"],
      detail: undefined,
    },
    {
      what: "one whose DNS name is listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:other", "dns:bridge.example"],
      detail: undefined,
    },
    {
      what: "one that is not listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:bridge", "dns:example", `sha256:${"0".repeat(64)}`],
      detail: "certificateNotListed",
    },
  ])("$what: $clientCertificates, $allowClients gives $detail", async (row) => {
    const { clientCertificates, allowClients = [], detail, show } = row;
    const { listener, refused, nextRefusal, taken } = await listening({
      ...wishes,
      clientCertificates,
      allowClients: [...allowClients],
    });
    const shown = show === undefined ? {} : { cert: show.certificate, key: show.key };
    const peer = new RawPeer(await secured(listener, shown));
    peer.send(framed("a"));
    if (detail === undefined) {
      expect(await peer.answers(1)).toEqual(["a"]);
      return;
    }
    await nextRefusal();
    await peer.closed;
    expect(refused.map((one) => one.detail)).toEqual([detail]);
    expect(taken).toEqual([]);
  });

  test("of nobody known are refused also where the process lets them in", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const { listener, refused, nextRefusal, taken } = await listening({
      ...wishes,
      clientCertificates: "required",
    });
    const { certificate: cert, key } = testCertificate({ name: "bridge.example" });
    const peer = new RawPeer(await secured(listener, { cert, key }));
    peer.send(framed("a"));
    await nextRefusal();
    expect(refused.map(({ detail }) => detail)).toEqual(["DEPTH_ZERO_SELF_SIGNED_CERT"]);
    expect(taken).toEqual([]);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "is looked at for each connection anew: %s takes no session up again",
    async (maxVersion) => {
      const { listener } = await listening({ ...wishes, clientCertificates: "required" });
      const shown = { cert: good.certificate, key: good.key, maxVersion };
      const first = await secured(listener, shown);
      let session = first.getSession();
      first.on("session", (given) => {
        session = given;
      });
      const peer = new RawPeer(first);
      peer.send(framed("a"));
      await peer.answers(1);
      const again = await secured(listener, { ...shown, session });
      expect([first.getProtocol(), again.isSessionReused()]).toEqual([maxVersion, false]);
    },
  );

  test("one whose fingerprint is listed comes in", async () => {
    const { listener } = await listening({
      ...wishes,
      clientCertificates: "required",
      allowClients: [`sha256:${fingerprintOf(good)}`],
    });
    const peer = new RawPeer(await secured(listener, { cert: good.certificate, key: good.key }));
    peer.send(framed("a"));
    expect(await peer.answers(1)).toEqual(["a"]);
  });
});

describe("a new certificate", () => {
  test("is shown to new connections, while an open one goes on", async () => {
    const { listener, clock, statuses } = await listening();
    const before = await secured(listener);
    const old = new RawPeer(before);
    put("hub", testCertificate({ name: "hub.example", authority, days: 300 }));
    await reloaded(listener, clock);
    const after = await secured(listener);
    expect(fingerprint(after)).not.toBe(fingerprint(before));
    old.send(framed("still here"));
    expect(await old.answers(1)).toEqual(["still here"]);
    expect(statuses.at(-1)).toMatchObject({ expiresAt: expect.any(Number) });
  });

  test.each([
    { what: "that is cut off", text: hub.certificate.slice(0, 200) },
    { what: "that does not belong to its key", text: authority.certificate },
    {
      what: "that has ended",
      text: testCertificate({ name: "hub.example", authority, days: -1 }).certificate,
    },
    { what: "that is empty", text: "" },
  ])("$what keeps the old one in use, and that is told", async ({ text }) => {
    const { listener, clock, nextStatus } = await listening({ warnBeforeDays: 0 });
    const before = fingerprint(await secured(listener));
    write("hub.pem", text);
    clock.advance(60_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateNotReloaded");
    expect(fingerprint(await secured(listener))).toBe(before);
    put("hub", hub);
    clock.advance(60_000);
    expect((await nextStatus()).problem).toBeUndefined();
  });

  test("is asked for in time", async () => {
    const { listener, clock, nextStatus } = await listening({ warnBeforeDays: 7 });
    expect(listener.certificate?.problem).toBeUndefined();
    clock.advance(24 * 86_400_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateEndsSoon");
    clock.advance(10 * 86_400_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateEnded");
  });

  test("that has ended keeps no authority trusted that was taken away", async () => {
    const { listener, clock, refused } = await listening({
      clientCertificates: "required",
      clientAuthorities: "file:authority.pem",
    });
    const { certificate: cert, key } = testCertificate({ name: "bridge.example", authority });
    const comesIn = async () => {
      const peer = new RawPeer(await secured(listener, { cert, key }));
      peer.send(framed("a"));
      const isAnswered = peer.answers(1).then(() => true);
      return Promise.race([isAnswered, peer.closed.then(() => false)]);
    };
    expect(await comesIn()).toBe(true);
    clock.advance(365 * 86_400_000);
    expect(listener.certificate?.problem?.code).toBe("mllp.certificateEnded");
    put("authority", stranger);
    clock.advance(60_000);
    await eventually("the authority is gone", async () => !(await comesIn()));
    expect(refused.at(-1)?.detail).toBe("SELF_SIGNED_CERT_IN_CHAIN");
    expect(listener.certificate?.problem?.code).toBe("mllp.certificateEnded");
  });
});
