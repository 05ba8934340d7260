/** `last hour`, `last 15 min`, `last 24 h`. */
export function windowText(minutes: number): string {
  if (minutes === 60) return "last hour";
  return minutes < 60 ? `last ${minutes} min` : `last ${Math.round(minutes / 60)} h`;
}
