import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import { useSite } from "../../parts/sites.ts";
import { minuteText, shortDayText } from "../../parts/time.ts";
import styles from "./patient.module.css";
import type { Series } from "./series.ts";

interface LabChartProps {
  readonly series: Series;
  readonly site: string;
}

/** One kind of value over time, with the reference range as a band. */
export function LabChart({ series, site }: LabChartProps) {
  const scheme = useComputedColorScheme();
  // Anew for each scheme, since the colours are read when the chart is made.
  return <Plot key={scheme} series={series} site={site} />;
}

function Plot({ series, site }: LabChartProps) {
  const place = useRef<HTMLElement>(null);
  const zone = useSite(site)?.timeZone ?? "UTC";
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const plot = new UPlot(optionsOf(series, { zone, element: current }), dataOf(series), current);
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: current.clientWidth, height: chartHeight });
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [series, zone]);
  return (
    <figure
      ref={place}
      className={styles["chart"]}
      aria-label={`Chart of ${series.points.length} values; each is listed below`}
    />
  );
}

function dataOf({ points }: Series): UPlot.AlignedData {
  const drawn = points
    .flatMap(({ at, number }) => (number === undefined ? [] : [{ at, number }]))
    .toReversed();
  return [drawn.map(({ at }) => at / 1000), drawn.map(({ number }) => number)];
}

interface Surroundings {
  readonly zone: string;
  readonly element: HTMLElement;
}

function optionsOf(series: Series, { zone, element }: Surroundings): UPlot.Options {
  const colours = getComputedStyle(element);
  const colour = (name: string) => colours.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--quiet"),
    font: "11px system-ui",
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: chartHeight,
    legend: { show: false },
    cursor: { y: false, points: { size: 8 } },
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), zone),
    scales: { y: { range: (_, low, high) => withBand(series, low, high) } },
    axes: [
      {
        ...axis,
        space: 64,
        values: (_, splits, ...[, , increment]) =>
          splits.map((seconds) => tickText(seconds * 1000, { zone, increment })),
      },
      { ...axis, size: 44 },
    ],
    series: [
      {},
      {
        stroke: colour("--chart"),
        width: 1.5,
        points: { show: true, size: 6, fill: colour("--ground") },
      },
    ],
    hooks: { drawClear: [(plot) => drawBand(plot, series, colour("--band"))] },
  };
}

/** Days, and between days the hour. */
function tickText(at: number, { zone, increment }: { zone: string; increment: number }): string {
  const minute = minuteText(at, zone);
  return increment >= daySeconds || minute === "00:00" ? shortDayText(at, zone) : minute;
}

/** So far that both all values and the band are seen, and a little more. */
function withBand({ low, high }: Series, least: number, most: number): [number, number] {
  const bottom = Math.min(least, low ?? least);
  const top = Math.max(most, high ?? most);
  const room = (top - bottom || Math.abs(top) || 1) * 0.1;
  return [bottom - room, top + room];
}

function drawBand(plot: UPlot, { low, high }: Series, fill: string): void {
  if (low === undefined && high === undefined) return;
  const { ctx, bbox } = plot;
  const top = high === undefined ? bbox.top : plot.valToPos(high, "y", true);
  const bottom = low === undefined ? bbox.top + bbox.height : plot.valToPos(low, "y", true);
  ctx.save();
  ctx.fillStyle = fill;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

const chartHeight = 190;
const daySeconds = 86_400;
