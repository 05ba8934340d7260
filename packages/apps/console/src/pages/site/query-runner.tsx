import { Button, TextInput } from "@mantine/core";
import { routes } from "@trestle/api/contract";
import { type SubmitEvent, useState } from "react";
import { useFhirQuery } from "../../api/queries.ts";
import { usePurpose } from "../../api/purpose.ts";
import { Failure } from "../../parts/notice.tsx";
import { Section } from "../../parts/page.tsx";
import { AnswerLine, AnswerView } from "./answer-view.tsx";
import styles from "./site.module.css";

/**
 * Asks the site as the application would, and explains what it remarks. What is asked stays on the
 * page: an id may name a patient, so that it is in no address.
 */
export function QueryRunner({ siteId }: { siteId: string }) {
  const [query, setQuery] = useState("");
  const [mistake, setMistake] = useState<string>();
  const ask = useFhirQuery(siteId);
  const isRevealed = usePurpose() !== undefined;
  const answer = isRevealed ? ask.data : undefined;
  const change = (text: string) => {
    setQuery(text);
    setMistake(undefined);
  };
  const send = (text: string) => {
    const found = mistakeIn(text);
    setMistake(found);
    // An answer below a mistake would look like the answer to it.
    if (found === undefined) ask.mutate(text);
    else ask.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isRevealed && query.trim() !== "") send(query);
  };
  const follow = (next: string) => {
    change(next);
    send(next);
  };
  return (
    <Section title="Ask">
      <form onSubmit={submit} className={styles["ask"]}>
        <TextInput
          aria-label="Query"
          placeholder="Patient?identifier=… or Observation?patient=…&category=laboratory"
          className={styles["query"]}
          value={query}
          onChange={(event) => change(event.currentTarget.value)}
          error={mistake}
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
        <p className="quiet">An answer is about patients. Say above why you look.</p>
      )}
      {ask.isError ? <Failure error={ask.error} /> : null}
      {/* There before the answer is, so that it is read out when it comes. */}
      <output>{answer === undefined ? null : <AnswerLine answer={answer} />}</output>
      {answer === undefined ? null : (
        <AnswerView answer={answer} follow={follow} isAsking={ask.isPending} />
      )}
    </Section>
  );
}

/** What the hub would refuse before it asks the site. */
function mistakeIn(query: string): string | undefined {
  const [issue] = routes.querySiteFhir.body.safeParse({ query }).error?.issues ?? [];
  return issue === undefined ? undefined : `It ${issue.message}.`;
}
