import { format, inspect } from "node:util";
import { Console } from "node:console";
import { Writable } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Phi, Secret, phi, reveal, useSecret } from "../src/index.ts";

const inner = "KEEP-THIS-INSIDE";

const guards = [
  { kind: "patient data", guard: (value: unknown) => phi(value), placeholder: "[patient data]" },
  { kind: "a secret", guard: (value: unknown) => new Secret(value), placeholder: "[secret]" },
];

const values = [
  { shape: "a text", value: inner },
  { shape: "an object", value: { name: { family: inner } } },
  { shape: "a list", value: [inner] },
  { shape: "bytes", value: Buffer.from(inner) },
  { shape: "a map", value: new Map([[inner, inner]]) },
];

/** Every way a value may end up as text without anybody meaning it. */
const ways: readonly { way: string; print: (guarded: unknown) => string }[] = [
  { way: "a template", print: (guarded) => `said: ${guarded as string}` },
  { way: "String()", print: String },
  { way: "an addition", print: (guarded) => "said: " + (guarded as string) },
  { way: "a joined list", print: (guarded) => [guarded].join() },
  { way: "JSON", print: (guarded) => JSON.stringify(guarded) },
  { way: "JSON of an object around it", print: (guarded) => JSON.stringify({ a: [guarded] }) },
  { way: "inspect", print: (guarded) => inspect(guarded) },
  {
    way: "inspect of everything, hidden parts too",
    print: (guarded) =>
      inspect(guarded, { depth: null, showHidden: true, showProxy: true, getters: true }),
  },
  { way: "inspect of an object around it", print: (guarded) => inspect({ a: [guarded] }) },
  {
    way: "inspect past its depth",
    print: (guarded) => inspect({ a: { b: guarded } }, { depth: 0 }),
  },
  { way: "format %s", print: (guarded) => format("%s", guarded) },
  { way: "format %o", print: (guarded) => format("%o", guarded) },
  { way: "format %O", print: (guarded) => format("%O", guarded) },
  { way: "format %j", print: (guarded) => format("%j", guarded) },
  { way: "console.log", print: (guarded) => printed((to) => to.log("got", guarded)) },
  { way: "console.error", print: (guarded) => printed((to) => to.error({ guarded })) },
  { way: "console.dir", print: (guarded) => printed((to) => to.dir(guarded)) },
  { way: "console.table", print: (guarded) => printed((to) => to.table([{ guarded }])) },
  {
    way: "an error's text",
    print: (guarded) => inspect(new Error(`failed on ${guarded as string}`)),
  },
  { way: "an error's cause", print: (guarded) => inspect(new Error("no", { cause: guarded })) },
  { way: "a structured log line", print: (guarded) => logLine({ patient: guarded }) },
];

describe.each(guards)("$kind", ({ guard, placeholder }) => {
  describe.each(values)("around $shape", ({ value }) => {
    test.each(ways)("does not show in $way", ({ print }) => {
      const text = print(guard(value));
      expect(text).not.toContain(inner);
      expect(text).not.toContain(Buffer.from(inner).toString("hex").slice(0, 8));
      expect(text).not.toContain(Buffer.from(inner).toString("base64").slice(0, 8));
    });
  });

  test("says in its place what was left out", () => {
    expect(String(guard(inner))).toBe(placeholder);
    expect(JSON.stringify({ a: guard(inner) })).toBe(JSON.stringify({ a: placeholder }));
    expect(inspect({ a: guard(inner) })).toBe(`{ a: ${placeholder} }`);
  });

  test("has nothing that can be listed, copied or cloned out of it", () => {
    const guarded = guard(inner);
    expect(Reflect.ownKeys(guarded)).toEqual([]);
    expect(JSON.stringify(Object.assign({}, guarded))).toBe("{}");
    expect(inspect(structuredClone(guarded))).not.toContain(inner);
  });

  test("does not become a number or a primitive of another kind", () => {
    expect(Number(guard("42"))).toBeNaN();
    expect(guard(inner).valueOf()).toBeInstanceOf(Object);
  });
});

test("what went in comes out, the same value and not a copy", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(Object.is(reveal(phi(value)), value)).toBe(true);
      expect(Object.is(useSecret(new Secret(value)), value)).toBe(true);
    }),
  );
});

test("one guard does not open with the other's key", () => {
  const secret: unknown = new Secret(inner);
  const patient: unknown = phi(inner);
  expect(() => reveal(secret as Phi<string>)).toThrow(TypeError);
  expect(() => useSecret(patient as Secret<string>)).toThrow(TypeError);
  expect(() => reveal({ value: inner } as unknown as Phi<string>)).toThrow(TypeError);
});

/** What a console of its own writes. */
function printed(write: (to: Console) => void): string {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  write(new Console(stream, stream));
  return written.join("");
}

/** One line as structured loggers write it: own fields first, then what the caller gave. */
function logLine(facts: object): string {
  return JSON.stringify({ level: 30, time: 0, ...facts, msg: "received" });
}
