import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MantineProvider } from "@mantine/core";
import type { RJSFSchema } from "@rjsf/utils";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { editsBetween } from "../src/pages/settings/edits.ts";
import { formSchemaOf } from "../src/pages/settings/form-schema.ts";
import { SettingsForm, begunOf } from "../src/pages/settings/form/settings-form.tsx";
import { type Place, idOf, printPlace } from "../src/pages/settings/place.ts";
import { type JsonSchema, fullValues } from "./full-values.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const schemas = writtenSchemas();

/** As `trestle schemas` writes them, by the kind of file. */
function writtenSchemas(): readonly { readonly kind: string; readonly schema: JsonSchema }[] {
  const folder = mkdtempSync(join(tmpdir(), "trestle-schemas-"));
  try {
    cpSync(join(root, "integrations/sample"), folder, { recursive: true });
    const command = join(root, "node_modules/.bin/trestle");
    const { status, stderr } = spawnSync(command, ["schemas", folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return readdirSync(join(folder, ".trestle/schemas")).map((name) => ({
      kind: name.replace(".json", ""),
      schema: JSON.parse(
        readFileSync(join(folder, ".trestle/schemas", name), "utf8"),
      ) as JsonSchema,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function drawn(schema: RJSFSchema, value: unknown, open: string): string {
  const noop = () => undefined;
  const form = createElement(SettingsForm, {
    schema,
    value,
    open,
    problems: [],
    onChange: noop,
    setOpen: noop,
    goTo: noop,
  });
  return renderToStaticMarkup(createElement(MantineProvider, null, form));
}

/** Places of what has no parts, by the part that they are in. */
function leavesByPart(value: unknown, at: Place = []): ReadonlyMap<string, readonly Place[]> {
  const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value ?? {});
  const isLeaf = (part: unknown) => typeof part !== "object" || part === null;
  const own = parts.filter(([, part]) => isLeaf(part)).map(([step]) => [...at, step]);
  const deeper = parts.filter(([, part]) => !isLeaf(part));
  return new Map([
    [printPlace(at), own],
    ...deeper.flatMap(([step, part]) => [...leavesByPart(part, [...at, step])]),
  ]);
}

function valueAt(value: unknown, [step, ...rest]: Place): unknown {
  return step === undefined ? value : valueAt(Reflect.get(Object(value) as object, step), rest);
}

/** Values that are the only ones where they stand: no field is drawn of them. */
function onlyValues(schema: unknown): readonly unknown[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]) =>
    key === "const" ? [part as unknown] : onlyValues(part),
  );
}

test("the schemas are those of all kinds of file", () => {
  expect(schemas.length).toBeGreaterThanOrEqual(10);
});

test.each(schemas)("of $kind every setting has a field, whatever the file says", ({ schema }) => {
  const form = formSchemaOf(schema as Record<string, unknown>);
  const only = new Set(onlyValues(schema));
  const seen = new Set<string>();
  for (const value of fullValues(schema)) {
    for (const [part, leaves] of leavesByPart(value)) {
      const alike = JSON.stringify([
        part.replaceAll(/\/\d+/gu, "/0"),
        leaves.map((leaf) => leaf.at(-1)),
      ]);
      if (leaves.length === 0 || seen.has(alike)) continue;
      seen.add(alike);
      const page = drawn(form, value, part);
      const missing = leaves.filter((leaf) => {
        const text = valueAt(value, leaf);
        return !only.has(text) && text !== null && !page.includes(`id="${idOf(leaf)}"`);
      });
      expect(missing.map(idOf)).toEqual([]);
    }
  }
});

test.each(schemas)("of $kind a form adds nothing to what a file says", ({ schema }) => {
  const form = formSchemaOf(schema as Record<string, unknown>);
  for (const value of fullValues(schema)) {
    expect(editsBetween(value, begunOf(form, value))).toEqual([]);
  }
  const only = new Set(onlyValues(schema));
  for (const leaves of leavesByPart(begunOf(form, {})).values()) {
    for (const leaf of leaves) expect(only).toContain(valueAt(begunOf(form, {}), leaf));
  }
});

test("defaults are shown where a value would stand, and are no value", () => {
  const settings = schemas.find(({ kind }) => kind === "trestle")?.schema;
  const form = formSchemaOf(settings as Record<string, unknown>);
  const page = drawn(form, { http: {}, logging: {} }, "http");
  expect(page).toContain('placeholder="default: 8080"');
  expect(page).toContain(">default: false<");
  expect(page).not.toContain('value="8080"');
});
