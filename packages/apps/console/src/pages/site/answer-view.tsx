import { Button } from "@mantine/core";
import { CopyText } from "../../parts/notice.tsx";
import { counted, millisecondsText } from "../../parts/number-text.ts";
import { ScrollPane } from "../../parts/scroll-pane.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import { type Answer, remarksOf } from "./remarks.ts";
import styles from "./site.module.css";

interface AnswerViewProps {
  readonly answer: Answer;
  /** Asks the query for the page behind this one. */
  readonly follow: (query: string) => void;
  readonly isAsking: boolean;
}

/** What a site answered, what it remarked, and what both mean. */
export function AnswerView({ answer, follow, isAsking }: AnswerViewProps) {
  const { page, text } = answer;
  return (
    <div>
      <Remarks answer={answer} />
      {page?.next === undefined ? null : (
        <NextPage query={page.next} follow={follow} isAsking={isAsking} />
      )}
      <ScrollPane label="The answer" className={styles["answer"]}>
        <pre>{text}</pre>
      </ScrollPane>
    </div>
  );
}

/** How it went, in one line. */
export function AnswerLine({ answer: { status, durationMs, page, text } }: { answer: Answer }) {
  return (
    <>
      <StateWord state={status < 400 ? "good" : "bad"} word={String(status)} /> in{" "}
      {millisecondsText(durationMs)}
      {page === undefined ? null : `, ${counted(page.matches, "match", "matches")}`}{" "}
      <CopyText text={text} what="the answer" />
    </>
  );
}

function Remarks({ answer }: { answer: Answer }) {
  return (
    <ul className={styles["notices"]}>
      {remarksOf(answer).map(({ key, state, text, more, code }) => (
        <li key={key}>
          <StateWord state={state} word={text} />{" "}
          <span className="quiet">
            {more} {code === "" ? null : <code>{code}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function NextPage({
  query,
  follow,
  isAsking,
}: { query: string } & Omit<AnswerViewProps, "answer">) {
  return (
    <p className={styles["next"]}>
      <Button size="compact-sm" variant="default" disabled={isAsking} onClick={() => follow(query)}>
        Next page
      </Button>{" "}
      <span className="quiet">
        There may be more behind this page. A total is left out, since some servers count only what
        is on one page.
      </span>
    </p>
  );
}
