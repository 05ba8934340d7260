import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MllpDecoder, type Received, describeFraming, encodeFrame } from "../src/index.ts";
import { framed } from "./raw-peer.ts";

const limits = { maxFrameBytes: 64, captureBytes: 8 };

describe("whole streams", () => {
  test.each<{ name: string; stream: string; expected: readonly string[] }>([
    { name: "one frame", stream: framed("MSH|a"), expected: ["frame MSH|a"] },
    { name: "an empty frame", stream: framed(""), expected: ["frame "] },
    {
      name: "pipelined frames in order",
      stream: framed("a") + framed("b") + framed("c"),
      expected: ["frame a", "frame b", "frame c"],
    },
    {
      name: "line ends and blanks between frames",
      stream: `\r\n ${framed("a")}\n${framed("b")}\r\n`,
      expected: ["frame a", "frame b"],
    },
    {
      name: "garbage first",
      stream: `GET / HTTP/1.1\r\n${framed("a")}`,
      expected: ["garbage 16 GET / HT", "frame a"],
    },
    {
      name: "each run of garbage once",
      stream: `x${framed("a")}yy\n${framed("b")}z`,
      expected: ["garbage 1 x", "frame a", "garbage 3 yy\n", "frame b", "garbage 1 z"],
    },
    {
      name: "a frame at the limit",
      stream: framed("m".repeat(64)),
      expected: [`frame ${"m".repeat(64)}`],
    },
    {
      name: "a frame past the limit, and the next one",
      stream: framed("m".repeat(65)) + framed("a"),
      expected: ["frameTooLarge 65 mmmmmmmm", "frame a"],
    },
    {
      name: "an end without its return, after which nothing counts",
      stream: `\x0bMSH|a\x1c${framed("b")}`,
      expected: ["endWithoutReturn 5 MSH|a"],
    },
    {
      name: "an end without its return as the last byte",
      stream: "\x0bMSH|a\x1c",
      expected: ["endWithoutReturn 5 MSH|a"],
    },
    {
      name: "an end without its return in a frame past the limit",
      stream: `\x0b${"m".repeat(65)}\x1c${framed("b")}`,
      expected: ["endWithoutReturn 65 mmmmmmmm"],
    },
    {
      name: "a message that starts before the one in front ended",
      stream: `\x0bMSH|first\r\x0bMSH|second\x1c\r`,
      expected: ["startInsideFrame 10 MSH|firs", "frame MSH|second"],
    },
    {
      name: "many starts, of which the last counts",
      stream: `\x0bMSH|1\x0bFHS|2\x0bBHS|3\x0bMSH|4\x1c\r`,
      expected: ["startInsideFrame 17 MSH|1\x0bFH", "frame MSH|4"],
    },
    {
      name: "a doubled start byte",
      stream: `\x0b\x0bMSH|a\x1c\r`,
      expected: ["frame MSH|a"],
    },
    {
      name: "a soft line break in a text",
      stream: framed("MSH|a\rOBX|line\x0bline MSH|"),
      expected: ["frame MSH|a\rOBX|line\x0bline MSH|"],
    },
    {
      name: "an unfinished frame",
      stream: `${framed("a")}\x0bMSH|started`,
      expected: ["frame a", "unfinished 11 MSH|star"],
    },
    {
      name: "an unfinished frame past the limit",
      stream: `\x0b${"m".repeat(70)}`,
      expected: ["frameTooLarge 70 mmmmmmmm"],
    },
  ])("$name", ({ stream, expected }) => {
    const bytes = Buffer.from(stream, "latin1");
    expect(decoded([bytes])).toEqual(expected);
    expect(decoded([...bytes].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });
});

describe("any slicing", () => {
  test("frames come out as they went in", () => {
    fc.assert(
      fc.property(fc.array(frameable), slices, (payloads, sizes) => {
        const stream = Buffer.concat(payloads.map(encodeFrame));
        const frames = sliced(stream, sizes).flatMap(pusher(new MllpDecoder(limits)));
        expect(frames.map(asText)).toEqual(
          payloads.map((payload) => `frame ${Buffer.from(payload).toString("latin1")}`),
        );
      }),
    );
  });

  test("a damaged stream reads the same", () => {
    fc.assert(
      fc.property(damaged, slices, (stream, sizes) => {
        expect(decoded(sliced(stream, sizes))).toEqual(decoded([stream]));
      }),
      { numRuns: 2000 },
    );
  });

  test("memory stays within the limits", () => {
    fc.assert(
      fc.property(damaged, slices, (stream, sizes) => {
        const decoder = new MllpDecoder(limits);
        for (const chunk of sliced(stream, sizes)) {
          decoder.push(chunk);
          expect(decoder.heldBytes).toBeLessThanOrEqual(limits.maxFrameBytes + limits.captureBytes);
        }
      }),
    );
  });
});

describe("the decoder", () => {
  test("keeps no more than the head of a frame that is too large", () => {
    const decoder = new MllpDecoder({ maxFrameBytes: 1_000_000, captureBytes: 1000 });
    const chunk = Buffer.alloc(65_536, "m");
    decoder.push(Buffer.of(0x0b));
    let peak = 0;
    for (let sent = 0; sent < 800; sent += 1) {
      decoder.push(chunk);
      peak = Math.max(peak, decoder.heldBytes);
    }
    expect(peak).toBeLessThanOrEqual(1_000_000);
    expect(decoder.heldBytes).toBe(1000);
    const [problem] = decoder.push(Buffer.of(0x1c, 0x0d));
    expect(problem).toMatchObject({
      problem: { code: "frameTooLarge", receivedBytes: 800 * 65_536 },
    });
  });

  test("does not hold on to the caller's bytes", () => {
    const chunk = Buffer.from(framed("MSH|a"), "latin1");
    const received = new MllpDecoder(limits).push(chunk);
    chunk.fill(0);
    expect(received.map(asText)).toEqual(["frame MSH|a"]);
  });

  test("takes plain byte arrays", () => {
    const bytes = new Uint8Array(Buffer.from(`..${framed("a")}`, "latin1")).subarray(2);
    expect(new MllpDecoder(limits).push(bytes).map(asText)).toEqual(["frame a"]);
  });

  test("says whether it is inside something, and whether it is lost", () => {
    const decoder = new MllpDecoder(limits);
    expect([decoder.isUnfinished, decoder.isLost]).toEqual([false, false]);
    decoder.push(Buffer.from("\x0bMSH"));
    expect([decoder.isUnfinished, decoder.isLost]).toEqual([true, false]);
    decoder.push(Buffer.from("\x1cx"));
    expect([decoder.isUnfinished, decoder.isLost]).toEqual([false, true]);
    expect(decoder.push(Buffer.from(framed("a")))).toEqual([]);
    expect(decoder.end()).toEqual([]);
  });
});

test.each(["a\x1cb", "MSH|a\x0bMSH|b"])("a payload that would be cut apart is refused", (text) => {
  expect(() => encodeFrame(Buffer.from(text))).toThrow(/mllp\.notFrameable/u);
});

test("each problem is described without a trace of its bytes", () => {
  expect(describeFraming("endWithoutReturn")).toMatchObject({
    code: "mllp.endWithoutReturn",
    hint: expect.stringContaining("0D"),
  });
});

const frameable = fc
  .uint8Array({ maxLength: 64 })
  .filter((payload) => !payload.includes(0x1c) && !Buffer.from(payload).includes("\x0bMSH|"));

const slices = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 });

const damaged = fc
  .array(
    fc.oneof(
      fc.constantFrom("\x0b", "\x1c", "\r", "\n", " ", "\x1c\r", "\x0bMSH|", "\x0bBHS|", "x"),
      fc.constantFrom(framed("MSH|a"), framed("b".repeat(70)), "m".repeat(9)),
    ),
    { maxLength: 20 },
  )
  .map((parts) => Buffer.from(parts.join(""), "latin1"));

function sliced(stream: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(stream.subarray(at, at + size));
    at += size;
  }
  return [...chunks, stream.subarray(at)];
}

function pusher(decoder: MllpDecoder): (chunk: Uint8Array) => readonly Received[] {
  return (chunk) => decoder.push(chunk);
}

function decoded(chunks: readonly Uint8Array[]): readonly string[] {
  const decoder = new MllpDecoder(limits);
  return [...chunks.flatMap(pusher(decoder)), ...decoder.end()].map(asText);
}

function asText(received: Received): string {
  if (received.kind === "frame") return `frame ${Buffer.from(received.payload).toString("latin1")}`;
  const { code, receivedBytes, captured } = received.problem;
  return `${code} ${receivedBytes} ${Buffer.from(captured).toString("latin1")}`;
}
