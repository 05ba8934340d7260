import { getRouteApi } from "@tanstack/react-router";
import { Suspense, lazy } from "react";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import table from "../../parts/table.module.css";
import styles from "./patient.module.css";
import { type Series, canBeDrawn } from "./series.ts";
import { Happened, Source } from "./source.tsx";
import { ValueLine } from "./value-line.tsx";

const route = getRouteApi("/patients/$patientId");
const LabChart = lazy(async () => ({ default: (await import("./lab-chart.tsx")).LabChart }));

interface ResultsProps {
  readonly series: readonly Series[];
  readonly site: string;
  readonly isRevealed: boolean;
}

/** Measured values: the newest of each kind, and one kind drawn large. */
export function Results({ series, site, isRevealed }: ResultsProps) {
  const { series: chosen } = route.useSearch();
  const drawn = series.find(({ key }) => key === chosen) ?? mostTelling(series);
  const values = counted(
    series.reduce((sum, { points }) => sum + points.length, 0),
    "value",
  );
  return (
    <Section title="Results" note={values}>
      {series.length === 0 ? <p className="quiet">No result was heard of yet.</p> : null}
      {drawn === undefined ? null : <Large series={drawn} site={site} />}
      {series.length === 0 ? null : (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Newest</th>
              <th scope="col" className={table["wide"]}>
                Range
              </th>
              <th scope="col">Course</th>
              <th scope="col">Happened</th>
              <th scope="col" className={table["medium"]}>
                Heard
              </th>
            </tr>
          </thead>
          <tbody>
            {series.map((each) => (
              <SeriesRow key={each.key} series={each} site={site} isDrawn={each === drawn} />
            ))}
          </tbody>
        </table>
      )}
      {isRevealed || series.length === 0 ? null : (
        <p className="quiet">Hidden values cannot be drawn.</p>
      )}
    </Section>
  );
}

/** What is drawn where nobody chose: what is out of its range, else the newest. */
function mostTelling(series: readonly Series[]): Series | undefined {
  const drawable = series.filter((each) => canBeDrawn(each));
  return drawable.find(({ points }) => words[points[0]?.flag ?? ""] !== undefined) ?? drawable[0];
}

interface SeriesRowProps {
  readonly series: Series;
  readonly site: string;
  readonly isDrawn: boolean;
}

function SeriesRow({ series, site, isDrawn }: SeriesRowProps) {
  const navigate = route.useNavigate();
  const newest = series.points[0];
  if (newest === undefined) return null;
  const draw = () =>
    void navigate({
      search: (search) => ({ ...search, series: series.key }),
      replace: true,
      resetScroll: false,
    });
  return (
    <tr data-current={isDrawn || undefined}>
      <td>
        <button
          type="button"
          className={styles["more"]}
          onClick={draw}
          aria-pressed={isDrawn}
          dir="auto"
        >
          {series.name === "" ? "unnamed" : series.name}
        </button>
      </td>
      <td>
        <bdi>{newest.text}</bdi> <Flag flag={newest.flag} />
      </td>
      <td className={`${table["wide"]} ${table["whole"]} quiet`}>{series.range}</td>
      <td className={styles["course"]}>
        <ValueLine series={series} />
      </td>
      <td>
        <Happened item={newest.item} site={site} />
      </td>
      <td className={table["medium"]}>
        <Source item={newest.item} site={site} isUnderHeading />
      </td>
    </tr>
  );
}

/** The chart, and below it each value with its source. */
function Large({ series, site }: { series: Series; site: string }) {
  return (
    <div className={styles["large"]}>
      <h3 className={styles["drawn"]}>
        <bdi>{series.name}</bdi>{" "}
        <span className={styles["about"]}>
          {series.unit} {series.range === "" ? "" : `· reference ${series.range}`}
        </span>
      </h3>
      {canBeDrawn(series) ? (
        <Suspense fallback={<div className={styles["chart"]} />}>
          <LabChart series={series} site={site} />
        </Suspense>
      ) : null}
      <ul className={styles["points"]}>
        {series.points.slice(0, mostPoints).map((point) => (
          <li key={point.item.id}>
            <bdi className={styles["number"]}>{point.text}</bdi> <Flag flag={point.flag} />{" "}
            <Happened item={point.item} site={site} /> <Source item={point.item} site={site} />
          </li>
        ))}
      </ul>
      {series.points.length > mostPoints ? (
        <p className="quiet">and {counted(series.points.length - mostPoints, "older value")}</p>
      ) : null}
    </div>
  );
}

/** What the sender said of a value, in words. */
function Flag({ flag }: { flag: string }) {
  const word = words[flag];
  return word === undefined ? null : <StateWord state={word.state} word={word.word} />;
}

/** @see HL7 v2.5.1, table 0078 */
const words: Readonly<Record<string, { state: "warning" | "bad"; word: string } | undefined>> = {
  H: { state: "warning", word: "high" },
  L: { state: "warning", word: "low" },
  A: { state: "warning", word: "abnormal" },
  HH: { state: "bad", word: "very high" },
  LL: { state: "bad", word: "very low" },
  AA: { state: "bad", word: "very abnormal" },
};

const mostPoints = 8;
