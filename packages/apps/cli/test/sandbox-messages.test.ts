import { parseMessage } from "@trestle/hl7v2";
import { createValidator } from "@trestle/hl7v2/validate";
import { loadIntegration } from "@trestle/integration";
import { loadPathways, pathwayFolder, sandboxSettings, traffic } from "@trestle/sandbox";
import { expect, test } from "vitest";
import { sampleIntegration } from "./support/sample.ts";

const loaded = await loadIntegration(sampleIntegration);
const profile = loaded.ok ? loaded.integration.sites.get("lakeshore")?.profile : undefined;
const pathways = await loadPathways(pathwayFolder);

test("every message that the sandbox sends is as the standard and the profile of its site have it", () => {
  if (profile === undefined) throw new TypeError("the sample has no site lakeshore");
  const validate = createValidator({ profile, maxFindings: 1000 });
  const sent = traffic({ ...sandboxSettings.parse({}), pathways })
    .take(3000)
    .toArray();
  expect(new Set(sent.map(({ type }) => type)).size).toBe(19);
  const found = new Set<string>();
  for (const { type, text } of sent) {
    const message = parseMessage(text);
    if (!message.ok) throw new TypeError(`${type}: ${message.problem.code}`);
    for (const { level, at, code } of validate(message.value).findings) {
      if (level !== "note") found.add(`${type}: ${level} ${at} ${code}`);
    }
  }
  expect([...found]).toEqual([]);
});
