/** Whether a named release, such as `May 2026`, is as new as another, or newer. */
export function isSince(release: string, first: string): boolean {
  return numberOf(release) >= numberOf(first);
}

/** When a release came, as `YYYY-MM-DD`: the second Monday of its month. */
export function releaseDate(release: string): string {
  const { quarter, year } = partsOf(release);
  const month = quarter * 3 + 1;
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const day = 8 + ((8 - first) % 7);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** Quarters since the year 0. */
function numberOf(release: string): number {
  const { quarter, year } = partsOf(release);
  return year * 4 + quarter;
}

/** The switch has checked its form. */
function partsOf(release: string): { readonly quarter: number; readonly year: number } {
  const [month = "", year = ""] = release.split(" ");
  return { quarter: months.indexOf(month), year: Number(year) };
}

/** There are four a year. */
const months = ["February", "May", "August", "November"];
