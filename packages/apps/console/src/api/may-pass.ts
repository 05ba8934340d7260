import { ApiFailure } from "@trestle/api/contract";

/** A refusal stays a refusal; only a hub that is away or busy is asked again. */
export function mayPass(error: unknown): boolean {
  return error instanceof ApiFailure && (error.problem.status === 0 || error.problem.status >= 500);
}
