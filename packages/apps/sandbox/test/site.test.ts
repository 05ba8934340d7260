import { describe, expect, test } from "vitest";
import { get, startSite } from "./support/site.ts";

describe("the directory of endpoints", () => {
  test("5 directory: names the hospital, with a slash behind its address and no mark before", async () => {
    const { url, site } = await startSite();
    const response = await get(`${url}/Endpoints/R4`);
    expect(response.headers.get("content-type")).toContain("application/json");
    const bundle = (await response.json()) as {
      readonly total: number;
      readonly entry: readonly {
        readonly fullUrl?: string;
        readonly resource: {
          readonly address: string;
          readonly contained: readonly { readonly id: string }[];
          readonly managingOrganization: { readonly reference: string };
        };
      }[];
    };
    const [entry] = bundle.entry;
    expect([bundle.total, entry?.fullUrl]).toEqual([1, undefined]);
    expect(entry?.resource.address).toBe(`${site.addresses.fhirBase}/`);
    expect(entry?.resource.managingOrganization.reference).toBe(entry?.resource.contained[0]?.id);
  });
});

describe("every week", () => {
  const hourMs = 3_600_000;
  const flag = {
    resource: { resourceType: "Flag", status: "active", code: {}, subject: {} },
    subType: "",
  } as const;

  test("2.11 weekly wipe: on Sunday evening what was written is gone, where a site has it so", async () => {
    const site = await startSite({ switches: { weeklyWipe: true } });
    // A Sunday at 20:00 in Chicago.
    const untilWipe = Date.parse("2026-09-27T20:00:00-05:00") - site.clock.now();
    site.store.file(flag);
    site.clock.advance(untilWipe - 1);
    expect(site.store.written()).toHaveLength(1);
    site.clock.advance(1);
    expect(site.store.written()).toEqual([]);
    site.store.file(flag);
    site.clock.advance(7 * 24 * hourMs);
    expect(site.store.written()).toEqual([]);
  });

  test("2.11 weekly wipe: nothing goes where a site does not have it", async () => {
    const site = await startSite();
    site.store.file(flag);
    site.clock.advance(8 * 24 * hourMs);
    expect(site.store.written()).toHaveLength(1);
  });
});
