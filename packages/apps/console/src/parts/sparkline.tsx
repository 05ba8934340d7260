import { countText } from "./number-text.ts";
import styles from "./sparkline.module.css";

interface SparklineProps {
  /** The last is the running minute, which is not whole yet: the present rate stands for it. */
  readonly perMinute: readonly number[];
  readonly ratePerMinute: number;
  readonly what: string;
}

/** Counts by minute as one small curve, oldest first, with the band in which most minutes lie. */
export function Sparkline({ perMinute, ratePerMinute, what }: SparklineProps) {
  const series = [...gathered(perMinute.slice(0, -1), mostPoints), ratePerMinute];
  const top = Math.max(1, ...series);
  const [low, high] = usual(series);
  const y = (value: number) => height - 1 - (value / top) * (height - 3);
  const x = (index: number) => (index / Math.max(1, series.length - 1)) * width;
  const line = series.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const label = `${what}: mostly ${countText(low)} to ${countText(high)} a minute, at most ${countText(Math.round(top))}`;
  const isFlat = series.every((value) => value === 0);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={styles["spark"]}
      role="img"
      aria-label={isFlat ? `${what}: nothing` : label}
    >
      <title>{isFlat ? "Nothing in this time" : label}</title>
      {isFlat ? null : (
        <rect
          y={y(high)}
          width={width}
          height={Math.max(1, y(low) - y(high))}
          className={styles["band"]}
        />
      )}
      <polyline points={line.join(" ")} className={styles["line"]} />
    </svg>
  );
}

/** Neighbours as their mean, so that a day fits into a small curve. */
function gathered(series: readonly number[], most: number): readonly number[] {
  const size = Math.ceil(series.length / most);
  if (size <= 1) return series;
  return Array.from({ length: Math.ceil(series.length / size) }, (_, index) => {
    const part = series.slice(index * size, (index + 1) * size);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

/** From the tenth to the ninetieth of a hundred. */
function usual(series: readonly number[]): readonly [number, number] {
  const sorted = series.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return [at(0.1), at(0.9)];
}

const width = 160;
const height = 24;
const mostPoints = 80;
