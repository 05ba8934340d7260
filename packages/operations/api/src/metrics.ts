import type { ApiDependencies } from "./dependencies.ts";
import type { AnsweredRequests, Exposition } from "./prometheus.ts";

/** What Prometheus scrapes. Labels are names of the configuration and our own words alone. */
export interface Metrics {
  scrape(): Promise<{ contentType: string; text: string }>;
  /** A request of the API was answered. */
  answered(route: string, status: number): void;
}

/**
 * Counts from the start. What writes the numbers down is loaded at the first scrape: it takes some
 * 15 MB, and a hub on a laptop may never be scraped. The process's own figures begin there.
 */
export function createMetrics(dependencies: ApiDependencies): Metrics {
  const requests: Map<string, AnsweredRequests> = new Map();
  let exposition: Promise<Exposition> | undefined;
  return {
    async scrape() {
      exposition ??= load(dependencies);
      const loaded = await exposition;
      return { contentType: loaded.contentType, text: await loaded.text(requests.values()) };
    },
    answered(route, status) {
      const key = `${route} ${status}`;
      const counted = requests.get(key);
      if (counted === undefined) requests.set(key, { route, status, count: 1 });
      else counted.count += 1;
    },
  };
}

async function load(dependencies: ApiDependencies): Promise<Exposition> {
  const { createExposition } = await import("./prometheus.ts");
  return createExposition(dependencies);
}
