import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { capabilityStatement } from "../../src/fhir/capability/capability-statement.ts";

/** What the published statement of May 2026 was seen to say of each type. */
const published = readFileSync(new URL("support/offered-types.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [type = "", letters = "", documented = "", others = ""] = line.split(",");
    return { type, letters, documented, others };
  });

const { rest } = capabilityStatement({
  switches: { release: "May 2026" },
  fhirBase: "http://127.0.0.1:8090/interconnect/api/FHIR/R4",
  authorize: "http://127.0.0.1:8090/interconnect/oauth2/authorize",
  token: "http://127.0.0.1:8090/interconnect/oauth2/token",
  now: Date.parse("2026-07-24T20:25:44.123Z"),
});

describe("the statement of what each type offers", () => {
  test.each(published)("2.2 type $type: $letters", ({ type, letters, documented, others }) => {
    const offered = rest?.[0]?.resource?.find((each) => each.type === type);
    const interactions = offered?.interaction?.map(({ code }) => code) ?? [];
    expect(interactions.map((code) => code?.charAt(0).toUpperCase()).join("")).toBe(letters);
    const names = offered?.searchParam?.map(({ name }) => name).join(" ") ?? "";
    const isSearchable = letters.includes("S");
    expect(names).toBe(isSearchable ? `${documented} _count _id ${others}`.trim() : "");
  });
});
