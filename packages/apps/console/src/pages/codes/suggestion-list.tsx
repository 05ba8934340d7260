import { Button } from "@mantine/core";
import type { CodeSuggestion } from "@trestle/api/contract";
import type { useSuggestions } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { Section } from "../../parts/page.tsx";
import styles from "./codes.module.css";

interface SuggestionListProps {
  readonly found: ReturnType<typeof useSuggestions>;
  readonly onTake: (suggestion: CodeSuggestion) => void;
}

/** What the code may mean, best first, each with why. */
export function SuggestionList({ found, onTake }: SuggestionListProps) {
  const { data, error, isPending, refetch } = found;
  return (
    <Section title="Suggestions" note="best first">
      {error === null ? null : <Failure error={error} retry={() => void refetch()} />}
      {isPending ? <Loading rows={3} /> : null}
      {data?.items.length === 0 ? (
        <p className="quiet">
          No row of another site or of the product is spelled alike, and no terminology that is
          loaded has such a name. The code’s name, where you know it, may find more.
        </p>
      ) : null}
      <ol className={styles["suggestions"]}>
        {(data?.items ?? []).map((suggestion) => (
          <li key={`${suggestion.system}|${suggestion.code}|${suggestion.status}`}>
            <Suggested suggestion={suggestion} onTake={onTake} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface SuggestedProps {
  readonly suggestion: CodeSuggestion;
  readonly onTake: (suggestion: CodeSuggestion) => void;
}

function Suggested({ suggestion, onTake }: SuggestedProps) {
  const { system, code, display, status, reasons } = suggestion;
  const isLeft = status === "not mapped on purpose";
  const name = isLeft ? "Not mapped on purpose" : `${code} ${display}`.trim();
  return (
    <>
      <div className={styles["suggestion"]}>
        <div>
          {isLeft ? name : <span className="mono">{code}</span>} {isLeft ? "" : display}
        </div>
        {isLeft ? null : <div className="quiet">{system}</div>}
        {reasons.map((reason) => (
          <div key={reason} className="quiet">
            {reason}
          </div>
        ))}
      </div>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Use ${name}`}
        onClick={() => onTake(suggestion)}
      >
        Use
      </Button>
    </>
  );
}
