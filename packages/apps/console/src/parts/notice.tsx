import { ActionIcon, Button, CopyButton } from "@mantine/core";
import type { ReactNode } from "react";
import { problemOf } from "../api/client.ts";
import { Icon } from "./icon.tsx";
import styles from "./page.module.css";
import { StateMark } from "./state-mark.tsx";

/** A place where nothing is: what it is, why it is empty, and the next step. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles["notice"]}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** What went wrong and what to do, in the hub's own words. */
export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const problem = problemOf(error);
  return (
    <div className={styles["notice"]} role="alert">
      <h2>
        <StateMark state="bad" /> {problem.title}: {problem.detail}
      </h2>
      <p>{problem.hint}</p>
      {problem.issues === undefined ? null : (
        <ul className={styles["issues"]}>
          {problem.issues.map(({ at, text }) => (
            <li key={at}>
              <code>{at}</code> {text}
            </li>
          ))}
        </ul>
      )}
      <p className={styles["code"]}>
        <code>{problem.code}</code>
      </p>
      {retry === undefined ? null : (
        <Button variant="default" size="xs" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A command to run in a terminal, with a button that copies it. */
export function Command({ children }: { children: string }) {
  return (
    <span className={styles["command"]}>
      <code>{children}</code>
      <CopyText text={children} what="the command" />
    </span>
  );
}

/** Copies a text; says so for a second. */
export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <CopyButton value={text} timeout={1200}>
      {({ copied, copy }) => (
        <ActionIcon
          variant="subtle"
          size="sm"
          onClick={copy}
          aria-label={copied ? "Copied" : `Copy ${what}`}
          title={copied ? "Copied" : `Copy ${what}`}
        >
          <Icon name={copied ? "done" : "copy"} />
        </ActionIcon>
      )}
    </CopyButton>
  );
}
