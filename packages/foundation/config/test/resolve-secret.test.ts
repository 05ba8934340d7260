import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { TrestleError, useSecret } from "@trestle/base";
import { afterAll, describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { resolveSecret, secretReference } from "../src/index.ts";

const directory = mkdtempSync(join(tmpdir(), "trestle-secret-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("a reference", () => {
  test.each([
    { reference: "env:API_KEY", isTaken: true },
    { reference: "env:_x9", isTaken: true },
    { reference: "file:secrets/key.pem", isTaken: true },
    { reference: "file:/run/secrets/key with blanks", isTaken: true },
    { reference: "env:", isTaken: false },
    { reference: "env:9LIVES", isTaken: false },
    { reference: "env:A B", isTaken: false },
    { reference: "file:", isTaken: false },
    { reference: "open sesame", isTaken: false },
  ])("$reference is taken: $isTaken", ({ reference, isTaken }) => {
    expect(secretReference.safeParse(reference).success).toBe(isTaken);
  });
});

describe("a secret", () => {
  test("comes from the environment or from a file, without the line end behind it", async () => {
    writeFileSync(join(directory, "unix"), "open\nsesame\n");
    writeFileSync(join(directory, "windows"), "open sesame\r\n");
    const sources = { directory, environment: { KEY: "open sesame" } };
    const found = await Promise.all(
      ["env:KEY", "file:unix", "file:windows", `file:${join(directory, "unix")}`].map(
        async (reference) => useSecret(await resolveSecret(reference, sources)),
      ),
    );
    expect(found).toEqual(["open sesame", "open\nsesame", "open sesame", "open\nsesame"]);
  });

  test("is never printed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 12, maxLength: 40 }), async (text) => {
        const KEY = `x${text}x`;
        const secret = await resolveSecret("env:KEY", { directory, environment: { KEY } });
        for (const print of [String(secret), JSON.stringify({ secret }), inspect({ secret })]) {
          expect(print).not.toContain(KEY);
          expect(print).toContain("[secret]");
        }
        expect(useSecret(secret)).toBe(KEY);
      }),
    );
  });

  test("may be as large as the limit, and one byte more is refused without its content", async () => {
    writeFileSync(join(directory, "full"), "s".repeat(64));
    writeFileSync(join(directory, "over"), "s".repeat(65));
    const sources = { directory, environment: {}, maxBytes: 64 };
    expect(useSecret(await resolveSecret("file:full", sources))).toHaveLength(64);
    const error = await failureOf("file:over", sources);
    expect(error).toMatchObject({
      code: "config.secretTooLarge",
      facts: { reference: "file:over", maxBytes: 64 },
    });
    expect(inspect(error)).not.toContain("ssss");
  });

  test("from a device without an end is refused at the limit", async () => {
    const error = await failureOf("file:/dev/zero", { directory, environment: {} });
    expect(error).toMatchObject({ code: "config.secretTooLarge" });
  });

  test.each([
    { reference: "env:NOT_SET", code: "config.secretNotSet", fact: { variable: "NOT_SET" } },
    { reference: "env:EMPTY", code: "config.secretEmpty", fact: { reference: "env:EMPTY" } },
    { reference: "file:blank", code: "config.secretEmpty", fact: { reference: "file:blank" } },
    { reference: "file:none", code: "config.secretNotReadable", fact: { reference: "file:none" } },
    { reference: "file:.", code: "config.secretNotReadable", fact: { reference: "file:." } },
  ])("$reference fails as $code", async ({ reference, code, fact }) => {
    writeFileSync(join(directory, "blank"), "\n");
    const error = await failureOf(reference, { directory, environment: { EMPTY: "" } });
    expect(error).toMatchObject({ code, facts: fact, failure: "permanent" });
  });
});

async function failureOf(
  ...[reference, sources]: Parameters<typeof resolveSecret>
): Promise<TrestleError> {
  const failure: unknown = await resolveSecret(reference, sources).catch((error: unknown) => error);
  if (failure instanceof TrestleError) return failure;
  throw new TypeError("it did not fail");
}
