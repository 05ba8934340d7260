import { type Problem, reveal, systemClock } from "@trestle/base";
import { defaultLimits, parseMessage } from "@trestle/hl7v2";
import { type Journal, type NewEntry, beginning, openMemoryJournal } from "@trestle/journal";
import { beforeEach, describe, expect, test } from "vitest";
import { type Door, receive, receiveBroken } from "../src/index.ts";

let journal: Journal;
let closed: Problem | undefined;
beforeEach(() => {
  journal = openMemoryJournal();
  closed = undefined;
});

const admit =
  "MSH|^~\\&|SENDER|TH|TRESTLE|TRESTLE|20260115103015||ADT^A01|4711|T|2.5.1\rPID|1||1^^^TH^MR\r";

const utf16 = (text: string) => Buffer.from(text, "utf16le");
const low = (answer: Uint8Array | undefined) => new TextDecoder("utf-16le").decode(answer);
const high = (answer: Uint8Array | undefined) => new TextDecoder("utf-16be").decode(answer);

const wideSets = [
  { what: "UTF-16, low byte first", encode: utf16, decode: low },
  { what: "UTF-16 with a mark", encode: (text: string) => utf16(`\u{FEFF}${text}`), decode: low },
  { what: "UTF-16, high byte first", encode: (text: string) => utf16(text).swap16(), decode: high },
];

describe("a message that is taken", () => {
  test("is in the journal, byte for byte, when its AA exists", async () => {
    const answer = await send(admit);
    expect(answer("MSA-1")).toBe("AA");
    expect(answer("MSA-2")).toBe("4711");
    const [entry] = await entries();
    expect(entry).toMatchObject({
      site: "lakeshore",
      channel: "adt-in",
      disposition: "accepted",
      answer: "AA",
      type: "ADT^A01",
      controlId: "4711",
      remote: "127.0.0.1:5000",
    });
    expect(entry && Buffer.from(reveal(entry.raw)).toString()).toBe(admit);
  });

  test("is stored once when it is sent again, and answered AA again", async () => {
    await send(admit);
    expect((await send(admit))("MSA-1")).toBe("AA");
    expect(await entries()).toHaveLength(1);
  });
});

describe("a message that is not taken", () => {
  test.each([
    {
      what: "no MSH",
      text: "PID|1||1^^^TH^MR",
      code: "AE",
      error: "100",
      reason: "hl7v2.noHeader",
    },
    {
      what: "a line that is no segment",
      text: `${admit}oops here\r`,
      code: "AE",
      error: "100",
      reason: "hl7v2.notASegment",
    },
    { what: "no separators", text: "MSH", code: "AE", error: "102", reason: "hl7v2.badSeparators" },
    {
      what: "an unknown character set",
      text: admit.replace("2.5.1", "2.5.1||||||KLINGON"),
      code: "AE",
      error: "102",
      reason: "hl7v2.unknownCharset",
    },
    {
      what: "a type that no channel takes",
      text: admit.replace("ADT^A01", "XYZ^Z99"),
      code: "AR",
      error: "200",
      reason: "integration.typeNotTaken",
    },
    { what: "nothing at all", text: "", code: "AE", error: "100", reason: "hl7v2.noHeader" },
  ])(
    "with $what gets $code with ERR $error, and is kept",
    async ({ text, code, error, reason }) => {
      const answer = await send(text);
      expect(answer("MSA-1")).toBe(code);
      expect(answer("ERR-3")).toBe(error);
      expect(answer("ERR-8")).not.toBeUndefined();
      const [entry] = await entries();
      expect(entry).toMatchObject({
        disposition: "refused",
        answer: code,
        reason: { code: reason },
      });
      expect(entry && Buffer.from(reveal(entry.raw)).toString()).toBe(text);
    },
  );

  test.each([
    { what: "a line that is no segment", text: `${admit}oops here\r` },
    { what: "an unknown character set", text: admit.replace("2.5.1", "2.5.1||||||KLINGON") },
  ])("with $what is answered and kept by its number all the same", async ({ text }) => {
    const answer = await send(text);
    expect([answer("MSA-1"), answer("MSA-2")]).toEqual(["AE", "4711"]);
    expect((await entries())[0]).toMatchObject({ controlId: "4711", type: "ADT^A01" });
  });

  test.each([
    { limit: "maxBytes", most: 80, reason: "hl7v2.tooLarge" },
    { limit: "maxCharacters", most: 80, reason: "hl7v2.tooLong" },
    { limit: "maxSegments", most: 1, reason: "hl7v2.tooManySegments" },
    { limit: "maxFields", most: 2, reason: "hl7v2.tooManyFields" },
    { limit: "maxParts", most: 2, reason: "hl7v2.tooManyParts" },
  ])(
    "with more than $limit of its door gets AE by its number, and is kept with a hint that names it",
    async ({ limit, most, reason }) => {
      const limits = { ...defaultLimits, settingPlace: "in a file", [limit]: most };
      const frame = { payload: Buffer.from(admit), remote: "127.0.0.1:5000" };
      const { answer } = await receive({ ...door(journal), limits }, frame);
      const said = read((await answer) ?? Buffer.alloc(0));
      expect([said("MSA-1"), said("MSA-2"), said("ERR-3")]).toEqual(["AE", "4711", "102"]);
      expect(said("ERR-8")).toContain(`more than ${most} `);
      const [entry] = await entries();
      const hint = expect.stringContaining(`Raise ${limit} (in a file)`);
      expect(entry).toMatchObject({
        controlId: "4711",
        disposition: "refused",
        reason: { code: reason, hint },
      });
      expect(entry && Buffer.from(reveal(entry.raw)).toString()).toBe(admit);
    },
  );

  test.each(wideSets)(
    "in $what is answered in the same, by its number and as it asks, though it cannot be read",
    async ({ encode, decode }) => {
      const asks = (commit: string, application: string) =>
        admit.replace("2.5.1", `2.5.1|||${commit}|${application}`);
      for (const [text, code] of [
        [admit, "AE"],
        [asks("AL", "NE"), "CE"],
        [asks("NE", "NE"), undefined],
      ] as const) {
        const frame = { payload: encode(`${text}oops here\r`), remote: "127.0.0.1:5000" };
        const answer = await (await receive(door(journal), frame)).answer;
        const said = answer && read(Buffer.from(decode(answer)));
        expect([said?.("MSA-1"), said?.("MSA-2")]).toEqual([code, code && "4711"]);
      }
      const kept = await entries();
      expect(kept.map(({ answer }) => answer)).toEqual(["AE", "CE", "none"]);
      for (const entry of kept) expect(entry).toMatchObject({ controlId: "4711", type: "ADT^A01" });
    },
  );

  test("in UTF-16 is answered by its number where a letter of its header is broken", async () => {
    const payload = utf16(`\u{FEFF}${admit.replace("SENDER", "SENDER\uD800")}`);
    const { answer } = await receive(door(journal), { payload, remote: "127.0.0.1:5000" });
    const said = read(Buffer.from(low(await answer)));
    expect([said("MSA-1"), said("MSA-2")]).toEqual(["AE", "4711"]);
    expect(await entries()).toMatchObject([{ reason: { code: "hl7v2.brokenUtf16" } }]);
  });

  test("gets AR while the disk is full, and nothing is kept", async () => {
    closed = { code: "hub.diskNearlyFull", text: "The disk is nearly full.", hint: "Free space." };
    const answer = await send(admit);
    expect(answer("MSA-1")).toBe("AR");
    expect(answer("MSA-2")).toBe("4711");
    expect(answer("ERR-3")).toBe("207");
    expect(await entries()).toEqual([]);
  });

  test("gets AR when the commit fails, and is taken when it is sent again", async () => {
    const broken: Journal = { ...journal, append: () => Promise.reject(new Error("disk full")) };
    const refused = await send(admit, broken);
    expect(refused("MSA-1")).toBe("AR");
    expect((await send(admit))("MSA-1")).toBe("AA");
    expect(await entries()).toHaveLength(1);
  });
});

describe("a broken frame", () => {
  const reason = { code: "mllp.frameTooLarge", text: "Too large.", hint: "Split it." };

  test("is kept with its first bytes and its full size, and answered AR where it names itself", async () => {
    const captured = Buffer.from(`${admit}OBX|1|ED|cut in the mid`);
    const answer = await receiveBroken(door(journal), {
      reason,
      captured,
      receivedBytes: 50_000_000,
      remote: "127.0.0.1:5000",
      mayAnswer: true,
    });
    expect(answer && read(answer)("MSA-1")).toBe("AR");
    expect(answer && read(answer)("MSA-2")).toBe("4711");
    const [entry] = await entries();
    expect(entry).toMatchObject({
      disposition: "broken",
      answer: "AR",
      receivedBytes: 50_000_000,
      reason,
    });
    expect(entry && Buffer.from(reveal(entry.raw))).toEqual(captured);
  });

  test("is answered by its header where what came of it is more than a message may have", async () => {
    const narrow = { ...door(journal), limits: { ...defaultLimits, maxSegments: 1 } };
    const answer = await receiveBroken(narrow, {
      reason,
      captured: Buffer.from(`${admit}OBX|1|ED|cut in the mid`),
      receivedBytes: 50_000_000,
      remote: "127.0.0.1:5000",
      mayAnswer: true,
    });
    expect(answer && read(answer)("MSA-2")).toBe("4711");
    expect(await entries()).toMatchObject([{ disposition: "broken", controlId: "4711", reason }]);
  });

  test.each(wideSets)("is answered by its number in $what", async ({ encode, decode }) => {
    const answer = await receiveBroken(door(journal), {
      reason,
      captured: encode(`${admit}OBX|1|ED|cut in the mid`),
      receivedBytes: 50_000_000,
      remote: "127.0.0.1:5000",
      mayAnswer: true,
    });
    expect(answer && read(Buffer.from(decode(answer)))("MSA-2")).toBe("4711");
    expect(await entries()).toMatchObject([{ disposition: "broken", controlId: "4711", reason }]);
  });

  test("is kept and not answered where its sender is told by a block", async () => {
    const answer = await receiveBroken(door(journal), {
      reason,
      captured: Buffer.from(`${admit}OBX|1|ED|cut in the mid`),
      receivedBytes: 50_000_000,
      remote: "127.0.0.1:5000",
      mayAnswer: false,
    });
    expect(answer).toBeUndefined();
    expect(await entries()).toMatchObject([{ answer: "none", controlId: "4711", reason }]);
  });

  test("that names nothing is kept and not answered", async () => {
    const answer = await receiveBroken(door(journal), {
      reason: { ...reason, code: "mllp.garbage" },
      captured: Buffer.from("GET / HTTP/1.1"),
      receivedBytes: 14,
      remote: "127.0.0.1:5000",
      mayAnswer: true,
    });
    expect(answer).toBeUndefined();
    expect(await entries()).toMatchObject([{ disposition: "broken", answer: "none" }]);
  });
});

async function send(text: string, to: Journal = journal) {
  const frame = { payload: Buffer.from(text), remote: "127.0.0.1:5000" };
  const { answer } = await receive(door(to), frame);
  return read((await answer) ?? Buffer.alloc(0));
}

function read(answer: Uint8Array) {
  const parsed = parseMessage(Buffer.from(answer).toString());
  if (!parsed.ok) throw new Error(parsed.problem.text);
  return (path: string) => parsed.value.get(path);
}

async function entries(): Promise<readonly NewEntry[]> {
  return journal.read(beginning, { count: 10, bytes: 1e9 });
}

function door(to: Journal): Door {
  return {
    journal: to,
    clock: systemClock,
    revision: "h-0",
    owner: { site: "lakeshore", channel: "adt-in" },
    closedBecause: () => closed,
    limits: defaultLimits,
    stamp: () => ({ controlId: "A1", at: "20260115103016+0000" }),
    addresseeOf: (message) =>
      message.type.startsWith("ADT^")
        ? { ok: true, value: { site: "lakeshore", channel: "adt-in" } }
        : {
            ok: false,
            problem: { code: "integration.typeNotTaken", text: "No.", hint: "Ask.", at: "MSH-9" },
          },
  };
}
