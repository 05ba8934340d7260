import { describe, expect, test } from "vitest";
import { mllpClient, mllpListener } from "../src/index.ts";

test("the listener's defaults", () => {
  expect(mllpListener.parse({})).toEqual({
    type: "mllp",
    host: "127.0.0.1",
    port: 2575,
    allow: [],
    blockAcknowledgement: false,
    maxConnections: 1024,
    maxFrameBytes: 16 * 1024 * 1024,
    captureBytes: 64 * 1024,
    maxBufferedBytes: 128 * 1024 * 1024,
    maxUnansweredMessages: 256,
    idleTimeoutSeconds: 600,
    frameTimeoutSeconds: 60,
    writeTimeoutSeconds: 30,
    keepAliveSeconds: 60,
  });
});

test("the client's defaults", () => {
  expect(mllpClient.parse({ host: "192.0.2.1", port: 2575 })).toMatchObject({
    maxQueued: 1024,
    reconnect: { firstDelayMs: 1000, maxDelayMs: 60_000 },
  });
});

test.each([mllpListener, mllpClient])("the examples of each schema parse", (schema) => {
  const examples = schema.meta()?.["examples"] as readonly unknown[];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(schema.safeParse(example).success).toBe(true);
});

describe("the allow list", () => {
  test.each(["192.0.2.7", "10.1.0.0/16", "::1", "2001:db8::/32", "0.0.0.0/0"])(
    "takes %s",
    (entry) => {
      expect(mllpListener.safeParse({ allow: [entry] }).success).toBe(true);
    },
  );

  test.each(["", "example.org", "10.1.0.0/33", "10.1.0.0/", "10.1.0.0/x", "10.1/16", "::1/129"])(
    'refuses "%s"',
    (entry) => {
      expect(mllpListener.safeParse({ allow: [entry] }).success).toBe(false);
    },
  );
});

test("buffers that could not hold the largest frame are refused", () => {
  const parsed = mllpListener.safeParse({ maxFrameBytes: 200_000, maxBufferedBytes: 100_000 });
  expect(parsed.error?.issues[0]?.path).toEqual(["maxBufferedBytes"]);
});
