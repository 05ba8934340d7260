import { TrestleError } from "@trestle/base";

/** What an HTTP server answers for a failure of the gateway itself; undefined for any other. */
export function ownStatus(error: unknown): number | undefined {
  return error instanceof TrestleError ? statuses[error.code] : undefined;
}

const statuses: Readonly<Record<string, number>> = {
  "gateway.unknownSite": 404,
  "gateway.notNeeded": 403,
  "gateway.otherPathway": 403,
  "gateway.parameterNotNeeded": 403,
  "gateway.parameterNotServed": 400,
  "gateway.unknownType": 404,
  "gateway.noId": 400,
  "gateway.otherType": 502,
  "gateway.cursorUnknown": 410,
};
