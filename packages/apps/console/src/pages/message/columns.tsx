import { Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { useExplanation } from "../../api/queries.ts";
import { type MessageTab, messageTabs } from "../../app/search-params.ts";
import { CopyText } from "../../parts/notice.tsx";
import type { MessageReply } from "./headline.tsx";
import { Inspector } from "./inspector.tsx";
import styles from "./message.module.css";
import type { ResultResource } from "./result.ts";
import { ResultView } from "./result-view.tsx";
import type { Selection } from "./selection.ts";
import { TreeView } from "./tree-view.tsx";
import { WireView } from "./wire-view.tsx";

const route = getRouteApi("/messages/$messageId");

interface ColumnsProps {
  readonly reply: MessageReply;
  readonly resources: readonly ResultResource[];
  readonly explanation: ReturnType<typeof useExplanation>;
  readonly selection: Selection;
}

/** The bytes, the tree and the result beside each other; as tabs where there is no room. */
export function Columns(props: ColumnsProps) {
  const isWide = useMediaQuery("(min-width: 1000px)", true, { getInitialValueInEffect: false });
  const { reply, resources, selection } = props;
  return (
    <>
      {isWide ? <SideBySide {...props} /> : <AsTabs {...props} />}
      <Inspector tree={reply.tree} resources={resources} selection={selection} />
    </>
  );
}

function SideBySide(props: ColumnsProps) {
  return (
    <div className={styles["columns"]}>
      {messageTabs.map((tab) => (
        <section key={tab} className={styles["column"]} aria-label={titles[tab]}>
          <h2 className={styles["title"]}>
            {titles[tab]} <Note tab={tab} {...props} />
          </h2>
          {paneOf(tab, props)}
        </section>
      ))}
    </div>
  );
}

function AsTabs(props: ColumnsProps) {
  const { tab = "wire" } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (value: string | null) =>
    void navigate({
      search: (search) => ({ ...search, tab: messageTabs.find((each) => each === value) }),
      replace: true,
    });
  return (
    <Tabs value={tab} onChange={choose} keepMounted={false}>
      <Tabs.List>
        {messageTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {titles[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {messageTabs.map((each) => (
        <Tabs.Panel key={each} value={each}>
          <div className={styles["title"]}>
            <Note tab={each} {...props} />
          </div>
          {paneOf(each, props)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function paneOf(tab: MessageTab, props: ColumnsProps): ReactNode {
  const { reply, resources, explanation, selection } = props;
  if (tab === "wire") return <WireView wire={reply.wire} selection={selection} />;
  if (tab === "tree") return <TreeView tree={reply.tree} selection={selection} />;
  return <ResultView resources={resources} explanation={explanation} selection={selection} />;
}

/** Beside a title: whether it is masked or cut, and a button that copies it as it is shown. */
function Note({ tab, reply, explanation }: ColumnsProps & { tab: MessageTab }) {
  const masked = reply.isRevealed ? "" : "patient data hidden";
  if (tab === "wire") {
    return (
      <span className={styles["note"]}>
        {reply.isCut ? "only the beginning was kept" : masked}
        <CopyText text={reply.wire} what="the wire text" />
      </span>
    );
  }
  if (tab === "tree") return <span className={styles["note"]}>{masked}</span>;
  const { data } = explanation;
  return (
    <span className={styles["note"]}>
      {masked}
      {data === undefined ? null : (
        <CopyText text={JSON.stringify(data.bundle, undefined, 2)} what="the result as JSON" />
      )}
    </span>
  );
}

const titles: Readonly<Record<MessageTab, string>> = {
  wire: "Wire",
  tree: "Tree",
  result: "Result (FHIR R4)",
};
