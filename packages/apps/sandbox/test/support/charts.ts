import { Hospital } from "../../src/chart/hospital.ts";
import { ChartStore } from "../../src/fhir/chart-store.ts";
import { createFhirSite } from "../../src/fhir/resources/fhir-site.ts";
import { type SiteSwitches, siteSwitches } from "../../src/site/switches.ts";

export interface Charts {
  readonly hospital: Hospital;
  readonly store: ChartStore;
}

/** The charts of a hospital like that of `firstMessages`, before anything is told. */
export function charts(given: {
  readonly seed?: number;
  readonly patients?: number;
  readonly switches?: Partial<SiteSwitches>;
  readonly maxVisits?: number;
  readonly maxWritten?: number;
}): Charts {
  const { seed = 1, patients = 200, maxVisits, maxWritten } = given;
  const hospital = new Hospital({
    seed,
    patients,
    start: "2026-01-15T12:00:00Z",
    ...(maxVisits === undefined ? {} : { maxVisits }),
  });
  const site = createFhirSite({
    switches: siteSwitches.parse(given.switches ?? {}),
    facility: "TH",
    timeZone: "America/Chicago",
  });
  const limits = maxWritten === undefined ? {} : { maxWritten };
  return { hospital, store: new ChartStore({ hospital, site, ...limits }) };
}
