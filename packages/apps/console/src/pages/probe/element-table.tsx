import type { ProbeElement } from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import table from "../../parts/table.module.css";
import {
  comparedText,
  existsWords,
  goodWords,
  otherText,
  permittedWords,
  shareText,
  verdictWords,
} from "./probe-words.ts";
import styles from "./probe.module.css";

/** Data elements, those that need somebody first, each with what was found of it. */
export function ElementTable({
  title,
  elements,
}: {
  title: string;
  elements: readonly ProbeElement[];
}) {
  if (elements.length === 0) return null;
  const sorted = elements.toSorted((one, other) => rank(one) - rank(other));
  return (
    <Section title={title} note={counted(elements.length, "element")}>
      <table className={`${table["table"]} ${styles["elements"]}`}>
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col">Verdict</th>
            <th scope="col" className={table["medium"]}>
              There
            </th>
            <th scope="col" className={table["medium"]}>
              Permitted
            </th>
            <th scope="col">Filled</th>
            <th scope="col" className={table["medium"]}>
              Good
            </th>
          </tr>
        </thead>
        {sorted.map((element) => (
          <Element key={element.name} element={element} />
        ))}
      </table>
    </Section>
  );
}

function Element({ element }: { element: ProbeElement }) {
  const { name, verdict, exists, permitted, populated, good, minFill } = element;
  const { state, word } = verdictWords[verdict];
  return (
    <tbody className={styles["element"]}>
      <tr>
        <td className={`mono ${styles["name"]}`}>{name}</td>
        <td>
          <StateWord state={state} word={word} />
        </td>
        <td className={table["medium"]}>{existsWords[exists]}</td>
        <td className={table["medium"]}>{permittedWords[permitted]}</td>
        <td>
          {shareText(populated.share)}
          {minFill === 0 ? null : (
            <span className="quiet">, needed {Math.round(minFill * 100)} %</span>
          )}
        </td>
        <td className={table["medium"]}>{goodWords[good.verdict]}</td>
      </tr>
      <Notes element={element} />
    </tbody>
  );
}

function Notes({ element }: { element: ProbeElement }) {
  const { findings, elsewhere, compared } = element;
  if (findings.length === 0 && elsewhere.length === 0 && compared === undefined) return null;
  return (
    <tr className={styles["notes"]}>
      <td colSpan={6}>
        <ul>
          {findings.map(({ severity, text, hint }) => (
            <li key={text}>
              <StateWord state={severity === "bad" ? "bad" : "neutral"} word={text} />{" "}
              <span className="quiet">{hint}</span>
            </li>
          ))}
          {elsewhere.map((other) => (
            <li key={`${other.method} ${other.by}`} className="quiet">
              Else by {otherText(other)}.
            </li>
          ))}
          {compared === undefined ? null : <li className="quiet">{comparedText(compared)}.</li>}
        </ul>
      </td>
    </tr>
  );
}

function rank({ verdict }: ProbeElement): number {
  return ["finding", "undecided", "good"].indexOf(verdict);
}
