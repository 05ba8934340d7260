import { parseMessage } from "@trestle/hl7v2";
import { createValidator } from "@trestle/hl7v2/validate";
import { loadIntegration } from "@trestle/integration";
import { mappingSiteOf } from "@trestle/integration/mapping";
import { createMapper, unmappedFields } from "@trestle/mapping";
import { loadPathways, pathwayFolder, sandboxSettings, traffic } from "@trestle/sandbox";
import { expect, test } from "vitest";
import { sampleIntegration } from "./support/sample.ts";

const loaded = await loadIntegration(sampleIntegration);
const site = loaded.ok ? loaded.integration.sites.get("lakeshore") : undefined;
const mapper = createMapper();
const pathways = await loadPathways(pathwayFolder);
const sent = traffic({ ...sandboxSettings.parse({}), pathways })
  .take(3000)
  .toArray();

test("the sandbox sends nineteen types of messages", () => {
  expect(new Set(sent.map(({ type }) => type)).size).toBe(19);
});

test("every message that the sandbox sends is as the standard and the profile of its site have it", () => {
  if (site === undefined) throw new TypeError("the sample has no site lakeshore");
  const { profile } = site;
  const validate = createValidator({ profile, maxFindings: 1000 });
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

test.each([...Map.groupBy(sent, ({ type }) => type)])(
  "nothing of %s is lost at the site of the sample without a word",
  (_type, messages) => {
    if (site === undefined) throw new TypeError("the sample has no site lakeshore");
    const mappingSite = mappingSiteOf(site);
    // Mapped anew for each field in doubt, all of them would take minutes.
    const some = messages.filter((_each, index) => index % Math.ceil(messages.length / 12) === 0);
    const lost = some.flatMap(({ text }) => {
      const message = parseMessage(text);
      if (!message.ok) throw new TypeError(message.problem.code);
      const { fields, stopped } = unmappedFields(message.value, { mapper, site: mappingSite });
      return [...fields.map(({ at }) => at), ...(stopped === undefined ? [] : [stopped.text])];
    });
    expect(lost).toEqual([]);
  },
);
