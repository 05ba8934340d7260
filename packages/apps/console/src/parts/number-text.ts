/** `1,204`. */
export function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** `1 message`, `1,204 messages`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A rate with at most one digit after the point: `0.4/min`, `41/min`. */
export function rateText(perMinute: number): string {
  const rounded = perMinute < 10 ? Math.round(perMinute * 10) / 10 : Math.round(perMinute);
  return `${countText(rounded)}/min`;
}

/** `820 B`, `1.4 kB`, `12 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${tenth(bytes / 1000)} kB`;
  return `${tenth(bytes / 1_000_000)} MB`;
}

/** `0.4 ms`, `38 ms`, `1.2 s`. */
export function millisecondsText(ms: number): string {
  return ms < 1000 ? `${tenth(ms)} ms` : `${tenth(ms / 1000)} s`;
}

function tenth(number: number): string {
  return number < 10 ? String(Math.round(number * 10) / 10) : String(Math.round(number));
}
