import { ActionIcon, Button } from "@mantine/core";
import { Link, getRouteApi } from "@tanstack/react-router";
import type { UnmappedCode } from "@trestle/api/contract";
import { useStore } from "../../api/store.ts";
import { Ago } from "../../parts/ago.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { useSite } from "../../parts/sites.ts";
import { type CodeOfTable, keyOf } from "./code-key.ts";
import { useCode } from "./code-list.ts";
import styles from "./codes.module.css";
import { DecisionForm } from "./decision-form.tsx";
import { chosenStore, decisionsStore, meaningText, takeBack } from "./decisions.ts";

const route = getRouteApi("/codes");

/** One code: where it came from, what it may mean, and what is decided. */
export function CodePanel({ code }: { code: CodeOfTable }) {
  const navigate = route.useNavigate();
  const seen = useCode(code);
  const close = () => void navigate({ search: (search) => ({ ...search, open: undefined }) });
  return (
    <section className={styles["panel"]} aria-label={`Code ${code.local}`}>
      <header className={styles["title"]}>
        <h2 className="mono">
          <bdi>{code.local}</bdi>
        </h2>
        <ActionIcon variant="subtle" onClick={close} aria-label="Back to the list" title="Esc">
          <Icon name="back" />
        </ActionIcon>
      </header>
      {seen.isError ? <Failure error={seen.error} retry={() => void seen.refetch()} /> : null}
      {seen.isPending ? <Loading rows={6} /> : null}
      {seen.data === null ? <p>No message that is remembered had this code.</p> : null}
      {seen.data === null || seen.data === undefined ? null : <Known code={seen.data} />}
    </section>
  );
}

function Known({ code }: { code: UnmappedCode }) {
  const chosen = useStore(chosenStore);
  const decision = useStore(decisionsStore).get(keyOf(code));
  const others = [...chosen.values()].filter((each) => keyOf(each) !== keyOf(code));
  const codes = [code, ...others];
  return (
    <>
      <Facts code={code} />
      {code.hasRow ? <p>The configuration in force has a row for it by now.</p> : null}
      {decision === undefined ? null : (
        <p className={styles["decided"]}>
          <span>
            Decided: <b>{meaningText(decision)}</b>. It counts once it is part of a change set.
          </span>
          <Button variant="default" size="compact-xs" onClick={() => takeBack([code])}>
            Take back
          </Button>
        </p>
      )}
      {others.length === 0 ? null : (
        <p className={styles["together"]}>
          What you decide here counts for {counted(codes.length, "code")}:{" "}
          <span className="mono">{codes.map(({ local }) => local).join(", ")}</span>
        </p>
      )}
      <DecisionForm code={code} codes={codes} />
    </>
  );
}

function Facts({ code }: { code: UnmappedCode }) {
  const { site, table, field, count, firstSeenAt, lastSeenAt, messageIds } = code;
  const title = useSite(site)?.title ?? site;
  return (
    <dl className={styles["facts"]}>
      <dt>Table</dt>
      <dd>
        {title} / {table}
      </dd>
      <dt>Seen</dt>
      <dd>
        in {counted(count, "message")}, last <Ago at={lastSeenAt} site={site} /> in {field}, first{" "}
        <Ago at={firstSeenAt} site={site} />
      </dd>
      <dt>Messages</dt>
      <dd className={styles["messages"]}>
        {messageIds.map((messageId) => (
          <Link key={messageId} to="/messages/$messageId" params={{ messageId }}>
            {messageId}
          </Link>
        ))}
      </dd>
    </dl>
  );
}
