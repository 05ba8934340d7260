import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ConfigurationReply, RefusedChangeView } from "@trestle/api/contract";
import { useConfiguration, useReload } from "../../api/queries.ts";
import { Ago } from "../../parts/ago.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Empty, Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page, Section } from "../../parts/page.tsx";
import styles from "../../parts/table.module.css";
import { ChangedFiles } from "./changed-files.tsx";
import own from "./configuration.module.css";
import { causeText, groupsText } from "./configuration-words.ts";

/** The revision in force, why a change was refused, what production waits for, and what changed. */
export function ConfigurationPage() {
  const { data, error, refetch } = useConfiguration();
  const reload = useReload();
  const actions = (
    <>
      <Link to="/settings">Edit settings</Link>
      <Button
        size="xs"
        variant="default"
        loading={reload.isPending}
        onClick={() => reload.mutate()}
      >
        Read the folder again
      </Button>
    </>
  );
  return (
    <Page
      title="Configuration"
      state={data === undefined ? undefined : stateOf(data)}
      sentence={data === undefined ? "Configuration" : sentenceOf(data)}
      aside={actions}
    >
      {reload.isError ? <Failure error={reload.error} /> : null}
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : null}
      {data?.refused === undefined ? null : <Refused refused={data.refused} />}
      {data === undefined ? null : <Waiting waiting={data.waiting} />}
      {data === undefined ? null : <Changes items={data.items} />}
    </Page>
  );
}

function stateOf({ refused, waiting }: ConfigurationReply) {
  if (refused !== undefined) return "warning";
  return waiting.length > 0 ? "held" : "good";
}

function sentenceOf({ revision, refused, waiting }: ConfigurationReply): string {
  const first = `Revision ${revision} is in force.`;
  if (refused !== undefined)
    return `${first} A changed folder has ${counted(refused.count, "problem")} and was not taken.`;
  if (waiting.length === 0) return first;
  const sites = counted(waiting.length, "site waits", "sites wait");
  return `${first} Production of ${sites} for approval.`;
}

function Refused({ refused }: { refused: RefusedChangeView }) {
  return (
    <Section title="Why the change is refused" note={counted(refused.count, "problem")}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {refused.problems.map(({ file, line, column, code, text, hint }) => (
            <tr key={`${file}:${line}:${column}:${code}`}>
              <td className="mono">
                {file}:{line}
              </td>
              <td>
                {text} <span className="quiet">{hint}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Waiting({ waiting }: Pick<ConfigurationReply, "waiting">) {
  if (waiting.length === 0) return null;
  return (
    <Section title="Production that waits for approval" note={counted(waiting.length, "site")}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col">What would change</th>
            <th scope="col">Approved</th>
          </tr>
        </thead>
        <tbody>
          {waiting.map(({ site, title, from, groups }) => (
            <tr key={site}>
              <td>
                <Link to="/sites/$siteId" params={{ siteId: site }}>
                  {title}
                </Link>
              </td>
              <td>{groupsText(groups)}</td>
              <td className="mono">{from === "" ? "nothing" : from}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Changes({ items }: Pick<ConfigurationReply, "items">) {
  if (items.length === 0) {
    return (
      <Empty title="No change is remembered">
        <p>Each revision that comes into force stands here.</p>
      </Empty>
    );
  }
  return (
    <Section title="Came into force" note="the newest first">
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Revision</th>
            <th scope="col" className={styles["medium"]}>
              By
            </th>
            <th scope="col">What changed</th>
          </tr>
        </thead>
        <tbody>
          {items.map((change) => (
            <tr key={`${change.at} ${change.revision}`} className={own["change"]}>
              <td>
                <Ago at={change.at} />
              </td>
              <td className="mono">{change.revision}</td>
              <td className={styles["medium"]}>{causeText(change)}</td>
              <td>
                <ChangedFiles files={change.files} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
