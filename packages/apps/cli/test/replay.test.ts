import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sinceTime } from "../src/since.ts";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { runHere } from "./support/run-trestle.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

describe("trestle replay", () => {
  test("without a revision names the command that delivers a message again", async () => {
    const { code, errors } = await runHere(["replay"]);
    expect([code, errors]).toEqual([2, expect.stringContaining("trestle messages replay")]);
  });

  test("tells how a span is written", async () => {
    const { code, errors } = await runHere(["replay", "--what-if", ".", "--since", "yesterday"]);
    expect([code, errors]).toEqual([2, expect.stringContaining("24h, 30m or 7d")]);
  });

  test("of a data folder that is none says so", async () => {
    const words = ["replay", "--what-if", ".", "--config", folder.path, "--data", "/nowhere"];
    const { code, errors } = await runHere(words);
    expect([code, errors]).toEqual([1, expect.stringContaining("sqlite.notOpened")]);
  });

  test("of a folder with problems tells them, for it does not know its data folder then", async () => {
    folder.write("trestle.yaml", "listenrs: {}\n");
    const { code, errors } = await runHere(["replay", "--what-if", ".", "--config", folder.path]);
    expect([code, errors]).toEqual([3, expect.stringContaining("listenrs")]);
  });
});

test.each([
  { text: "30m", since: -1_800_000 },
  { text: "24h", since: -86_400_000 },
  { text: "7d", since: -604_800_000 },
  { text: "1970-01-01T00:00:01Z", since: 1000 },
  { text: "2026-02-30T00:00:00Z", since: undefined },
  { text: "24", since: undefined },
])("$text is since $since", ({ text, since }) => {
  expect(sinceTime(text, 0)).toBe(since);
});
