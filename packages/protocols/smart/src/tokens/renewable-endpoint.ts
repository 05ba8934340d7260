import { TrestleError } from "@trestle/base";
import type { Discovery } from "../discovery/discovery.ts";
import type { Discovered } from "../discovery/endpoints.ts";

/**
 * Runs `ask` with the endpoints that are known. After a failure that a moved endpoint would cause,
 * the next run asks the server where its endpoints are.
 */
export function withEndpoints<T>(
  discovery: Discovery,
  fhirBaseUrl: string,
  ask: (discovered: Discovered) => Promise<T>,
): () => Promise<T> {
  let isDoubtful = false;
  return async () => {
    if (isDoubtful) {
      await discovery.recheck(fhirBaseUrl).catch(() => {
        // The endpoints that are known may still be right; where none are, finding says why.
      });
    }
    const discovered = await discovery.find(fhirBaseUrl);
    try {
      const result = await ask(discovered);
      isDoubtful = false;
      return result;
    } catch (error) {
      isDoubtful = error instanceof TrestleError && movedCodes.has(error.code);
      throw error;
    }
  };
}

const movedCodes: ReadonlySet<string> = new Set([
  "smart.notReached",
  "smart.certificateRefused",
  "smart.pageInsteadOfAnswer",
  "smart.notJson",
]);
