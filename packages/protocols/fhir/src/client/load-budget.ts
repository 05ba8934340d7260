/** How many requests a site allows in an hour, by its own time of day. */
export interface LoadBudget {
  readonly timeZone: string;
  readonly peakFromHour: number;
  readonly peakToHour: number;
  readonly peakRequestsPerHour: number;
  readonly offPeakRequestsPerHour: number;
}

/** The requests that may begin within the hour up to `nowMs`. */
export function budgetAt(budget: LoadBudget): (nowMs: number) => number {
  const hourAt = hourIn(budget.timeZone);
  return (nowMs) =>
    isBetween(hourAt(nowMs), budget.peakFromHour, budget.peakToHour)
      ? budget.peakRequestsPerHour
      : budget.offPeakRequestsPerHour;
}

/** Whether the peak holds this hour; one that ends earlier than it begins goes over midnight. */
function isBetween(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The hour of the day in a zone. Asked once in a quarter of an hour, since zones move by those. */
function hourIn(timeZone: string): (nowMs: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
  let known = { quarter: -1, hour: 0 };
  return (nowMs) => {
    const quarter = Math.floor(nowMs / 900_000);
    if (quarter !== known.quarter) known = { quarter, hour: Number(format.format(nowMs)) };
    return known.hour;
  };
}
