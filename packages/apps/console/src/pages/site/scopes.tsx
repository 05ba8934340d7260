import type { Health, SiteFhir } from "@trestle/api/contract";
import { countText, counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import styles from "./site.module.css";

/** What the application needs beside what the site grants: too little breaks it, too much is a risk. */
export function Scopes({ site: { scopes } }: { site: SiteFhir }) {
  const { needed, granted, met, missing, surplus } = scopes;
  const note = `${counted(needed.length, "scope")} needed, ${granted.length} granted`;
  return (
    <Section title="Scopes" note={note}>
      {granted.length === 0 ? (
        <p className="quiet">Nothing is granted yet: the hub has not signed in at this site.</p>
      ) : (
        <div className={styles["scopes"]}>
          <ScopeList
            state="bad"
            word="missing"
            scopes={missing}
            none="Nothing needed is missing."
          />
          <ScopeList
            state="good"
            word="needed and granted"
            scopes={met}
            none="Nothing of what is needed is granted."
          />
          <ScopeList
            state="warning"
            word="not needed"
            scopes={surplus}
            none="Nothing is granted beyond what is needed."
          />
        </div>
      )}
    </Section>
  );
}

interface ScopeListProps {
  readonly state: Health;
  readonly word: string;
  readonly scopes: readonly string[];
  readonly none: string;
}

function ScopeList({ state, word, scopes, none }: ScopeListProps) {
  if (scopes.length === 0) return <p className="quiet">{none}</p>;
  // A site may grant hundreds; only what is missing must be read.
  return (
    <details open={scopes.length <= mostOpen}>
      <summary>
        <StateWord state={state} word={`${countText(scopes.length)} ${word}`} />
      </summary>
      <ul className={styles["columns"]}>
        {scopes.map((scope) => (
          <li key={scope} className="mono">
            {scope}
          </li>
        ))}
      </ul>
    </details>
  );
}

const mostOpen = 12;
