import type { DataElement } from "@trestle/integration";

/** Of values that may be wrong, so that one slip in a thousand is no finding. */
export const mostWrong = 0.01;

/** Whether the newest record is older than it may be. */
export function isTooOld(
  { maxAgeDays }: Pick<DataElement, "maxAgeDays">,
  newestAt: number | undefined,
  now: number,
): boolean {
  return (
    maxAgeDays !== undefined && newestAt !== undefined && now - newestAt > maxAgeDays * 86_400_000
  );
}
