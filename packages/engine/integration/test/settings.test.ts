import { defaultLimits } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { settingsSchema, settingsSections, siteSettings } from "../src/index.ts";

describe("the schemas", () => {
  test.each([
    { file: "trestle.yaml", schema: settingsSchema },
    { file: "site.yaml", schema: siteSettings },
  ])("of $file take their own examples", ({ schema }) => {
    const examples = schema.meta()?.["examples"] as readonly unknown[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect(schema.safeParse(example)).toMatchObject({ success: true });
  });

  test("describe every setting, and bound every number from below", () => {
    const rows = settingsSections()
      .filter(({ title }) => title === "trestle.yaml" || title.startsWith("sites/"))
      .flatMap((section) => section.rows);
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ description }) => description === "")).toEqual([]);
    const numbers = rows.filter(({ type }) => type.endsWith("number"));
    // What a profile leaves out stays as the standard has it, and the page as the server has it;
    // a budget, a throttle, and what must work again, is agreed with the site.
    const load = ["peakRequestsPerHour", "offPeakRequestsPerHour", "requestsPerSecond", "burst"];
    const agreed = [...load, "restoreMinutes"];
    const ofOthers = new Set(["maxRepetitions", "maxLength", "pageSize", ...agreed]);
    const own = numbers.filter(({ path }) => !ofOthers.has(path.split(".").at(-1) ?? ""));
    expect(own.filter(({ least }) => least === "")).toEqual([]);
    expect(own.filter((row) => !row.isRequired && row.default === "")).toEqual([]);
  });

  test("are those of all files of a folder", () => {
    expect(settingsSections().map(({ title }) => title)).toEqual([
      "trestle.yaml",
      "integration.yaml",
      "what-if.yaml",
      "channels/NAME.yaml",
      "destinations/NAME.yaml",
      "sites/NAME/site.yaml",
      "sites/NAME/people.yaml",
      "sites/NAME/overlay.yaml",
      "sites/NAME/profile.yaml",
      "sites/NAME/cases/CASE.yaml",
    ]);
  });
});

test("each limit of the parser is a setting, and what is left out stays as the parser has it", () => {
  const place = { settingPlace: "under messages in trestle.yaml" };
  const free = settingsSchema.parse({ listeners: {} });
  expect(free.messages).toEqual({ ...defaultLimits, ...place });
  const { messages } = settingsSchema.parse({ listeners: {}, messages: { maxFields: 500 } });
  expect(messages).toEqual({ ...defaultLimits, ...place, maxFields: 500 });
});

test.each([
  {
    what: "sites keep the key set longer than a new key waits",
    keys: { cacheSeconds: 600 },
    at: "maxAgeSeconds",
  },
  {
    what: "a next key is due before the present one signs",
    keys: { rotateEverySeconds: 86_400 },
    at: "rotateEverySeconds",
  },
])("keys are refused where $what", ({ keys, at }) => {
  const read = settingsSchema.safeParse({ listeners: {}, keys });
  expect(read.error?.issues).toMatchObject([{ path: ["keys", at] }]);
});

test.each([
  { messages: { maxSegments: 9 } },
  { messages: { maxFields: 99 } },
  // More than a text can hold.
  { messages: { maxBytes: 536_870_889 } },
])("a limit out of its bounds is refused: $messages", ({ messages }) => {
  expect(settingsSchema.safeParse({ listeners: {}, messages }).success).toBe(false);
});

describe("an address that others reach", () => {
  test.each([
    { http: { host: "127.0.0.1" }, isTaken: true },
    { http: { host: "::1" }, isTaken: true },
    { http: { host: "localhost" }, isTaken: true },
    { http: { host: "0.0.0.0" }, isTaken: false },
    { http: { host: "127.evil.example" }, isTaken: false },
    { http: { host: "hub.example" }, isTaken: false },
    { http: { host: "0.0.0.0", behindProxy: true }, isTaken: true },
    {
      http: { host: "0.0.0.0", tls: { certificateFile: "c.pem", keyFile: "k.pem" } },
      isTaken: true,
    },
  ])("needs TLS or a proxy: $http is taken: $isTaken", ({ http, isTaken }) => {
    expect(settingsSchema.safeParse({ http, listeners: {} }).success).toBe(isTaken);
  });
});

test.each([
  { timeZone: "America/Chicago", isTaken: true },
  { timeZone: "UTC", isTaken: true },
  { timeZone: "Mars/Olympus", isTaken: false },
  { timeZone: "-06:00", isTaken: false },
  { timeZone: "", isTaken: false },
])("the time zone “$timeZone” is taken: $isTaken", ({ timeZone, isTaken }) => {
  const site = {
    title: "Harbor Health",
    timeZone,
    environments: { nonproduction: { feeds: [{ listener: "east", channels: ["adt-in"] }] } },
  };
  expect(siteSettings.safeParse(site).success).toBe(isTaken);
});

test("a site without an environment is refused", () => {
  const site = { title: "Harbor Health", timeZone: "UTC", environments: {} };
  expect(siteSettings.safeParse(site).success).toBe(false);
});
