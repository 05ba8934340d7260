import { Button, TextInput } from "@mantine/core";
import type { ReplyOf, Routes } from "@trestle/api/contract";
import { type SubmitEvent, useState } from "react";
import { useFhirQuery } from "../../api/queries.ts";
import { usePurpose } from "../../api/purpose.ts";
import { CopyText, Failure } from "../../parts/notice.tsx";
import { millisecondsText } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import styles from "./site.module.css";

type Answer = ReplyOf<Routes["querySiteFhir"]>;

/**
 * Asks the site as the application would, and explains what it remarks. What is asked stays on the
 * page: an id may name a patient, so that it is in no address.
 */
export function QueryRunner({ siteId }: { siteId: string }) {
  const [query, setQuery] = useState("");
  const ask = useFhirQuery(siteId);
  const isRevealed = usePurpose() !== undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (query.trim() !== "") ask.mutate(query.trim());
  };
  return (
    <Section title="Ask">
      <form onSubmit={submit} className={styles["ask"]}>
        <TextInput
          aria-label="Query"
          placeholder="Patient?identifier=… or Observation?patient=…&category=laboratory"
          className={styles["query"]}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          data-page-search
        />
        <Button type="submit" variant="default" loading={ask.isPending} disabled={!isRevealed}>
          Ask
        </Button>
      </form>
      {isRevealed ? null : (
        <p className="quiet">An answer is about patients. Choose above for what you look.</p>
      )}
      {ask.isError ? <Failure error={ask.error} /> : null}
      {ask.data === undefined || !isRevealed ? null : <AnswerView answer={ask.data} />}
    </Section>
  );
}

function AnswerView({ answer }: { answer: Answer }) {
  const { status, durationMs, notices, resource } = answer;
  const text = JSON.stringify(resource, undefined, 2);
  const isGood = status < 400;
  return (
    <div>
      <p>
        <StateWord state={isGood ? "good" : "bad"} word={String(status)} /> in{" "}
        {millisecondsText(durationMs)} <CopyText text={text} what="the answer" />
      </p>
      <ul className={styles["notices"]}>
        {notices.map(({ code, mayMiss, text: what, hint, part }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same may be said twice, and never moves
          <li key={index}>
            <StateWord state={mayMiss ? "warning" : "neutral"} word={what} />{" "}
            <span className="quiet">
              {hint} {part === undefined ? null : `It is about ${part}.`}{" "}
              {code === "" ? null : <code>{code}</code>}
            </span>
          </li>
        ))}
      </ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a pane that scrolls must take the focus */}
      <pre className={styles["answer"]} tabIndex={0} aria-label="The answer">
        {text}
      </pre>
    </div>
  );
}
