import { describe, expect, test } from "vitest";
import { describeSettings, limitsPage, nearestName, settingsPage } from "../src/index.ts";
import { pump } from "./schema.ts";

const sections = [{ title: "pump.yaml", rows: describeSettings(pump) }];

test("every setting of a schema has a row, through records, lists and variants", () => {
  expect(describeSettings(pump).map(({ path }) => path)).toEqual([
    "title",
    "listeners.*.port",
    "listeners.*.waitSeconds",
    "names",
    "level",
    "isOn",
    "password",
    "maxBytes",
    "target.type",
    "target.path",
    "target.type",
    "target.url",
    "target.tries",
  ]);
});

test("a row says whether a setting is required, what holds without it, and its bounds", () => {
  const row = (path: string) => describeSettings(pump).find((row) => row.path === path);
  expect(row("title")).toMatchObject({ type: "text", isRequired: true, default: "", least: "1" });
  expect(row("listeners.*.waitSeconds")).toEqual({
    path: "listeners.*.waitSeconds",
    type: "number",
    isRequired: false,
    default: "5",
    least: "not 0",
    most: "60",
    description: "How long it waits.",
  });
  expect(row("names")).toMatchObject({ type: "list of text", least: "1", most: "3" });
  expect(row("level")).toMatchObject({ type: '"debug", "info", "warn"', default: '"info"' });
  expect(row("maxBytes")).toMatchObject({ type: "whole number", least: "1024", most: "" });
});

describe("the page of", () => {
  test("settings lists all of them", () => {
    const page = settingsPage(sections);
    expect(page).toContain("\n## pump.yaml\n\n| setting | type | default | what it is |\n");
    expect(page).toContain("\n| `title` | text | required | What it pumps. |\n");
    expect(page).toContain("\n| `isOn` | true or false | `false` | Whether it runs. |\n");
    expect(page.endsWith("|\n")).toBe(true);
  });

  test("limits lists those that are numbers, bytes in words too, and leaves empty parts out", () => {
    const text = { title: "words.yaml", rows: sections[0]?.rows.slice(0, 1) ?? [] };
    const page = limitsPage([...sections, text]);
    expect(page.split("\n").filter((line) => line.startsWith("| `"))).toEqual([
      "| `listeners.*.port` | required | 0 | 65535 | TCP port. |",
      "| `listeners.*.waitSeconds` | 5 | not 0 | 60 | How long it waits. |",
      "| `maxBytes` | 2097152 (2 MiB) | 1024 (1 KiB) |  | Largest message, in bytes. |",
      "| `target.tries` | 3 | 1 | 9 | How often it is tried. |",
    ]);
    expect(page).not.toContain("words.yaml");
  });
});

test.each([
  { name: "lisener", nearest: "listener" },
  { name: "Listener", nearest: "listener" },
  { name: "prot", nearest: "port" },
  { name: "zebra", nearest: undefined },
])("the known name nearest to $name is $nearest", ({ name, nearest }) => {
  expect(nearestName(name, ["listener", "port", "title"])).toBe(nearest);
});
