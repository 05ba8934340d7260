import type { Series } from "./series.ts";
import spark from "../../parts/sparkline.module.css";

/** The course of a value as one small curve, with its reference band; nothing for fewer than two. */
export function ValueLine({ series }: { series: Series }) {
  const points = series.points
    .flatMap(({ at, number }) => (number === undefined ? [] : [{ at, number }]))
    .toReversed();
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const { low = first.number, high = first.number } = series;
  const numbers = [...points.map(({ number }) => number), low, high];
  const bottom = Math.min(...numbers);
  const span = Math.max(...numbers) - bottom || 1;
  const y = (number: number) => height - 2 - ((number - bottom) / span) * (height - 4);
  const x = (at: number) => ((at - first.at) / (last.at - first.at || 1)) * width;
  const line = points.map(({ at, number }) => `${x(at).toFixed(1)},${y(number).toFixed(1)}`);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={spark["spark"]}
      role="img"
      aria-label={`${points.length} values from ${first.number} to ${last.number}`}
    >
      {series.range === "" ? null : (
        <rect
          y={y(high)}
          width={width}
          height={Math.max(1, y(low) - y(high))}
          className={spark["band"]}
        />
      )}
      <polyline points={line.join(" ")} className={spark["line"]} />
    </svg>
  );
}

const width = 120;
const height = 24;
