import { memo } from "react";
import type { useExplanation } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Empty, Failure } from "../../parts/notice.tsx";
import { ScrollPane } from "../../parts/scroll-pane.tsx";
import { useIntoView } from "./into-view.ts";
import styles from "./message.module.css";
import type { ResultLeaf, ResultResource } from "./result.ts";
import type { Light, Selection } from "./selection.ts";

interface ResultViewProps {
  readonly resources: readonly ResultResource[];
  readonly explanation: ReturnType<typeof useExplanation>;
  readonly selection: Selection;
}

/** What the message maps to: each value with the field and the table row it came from. */
export function ResultView({ resources, explanation, selection }: ResultViewProps) {
  const { error, data, refetch } = explanation;
  if (data === undefined) {
    return error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />;
  }
  if (resources.length === 0) {
    return (
      <Empty title="Nothing was made of it">
        <p>
          {data.warnings[0]?.text ?? "No map of the running revision takes this kind of message."}
        </p>
        <p>{data.warnings[0]?.hint}</p>
      </Empty>
    );
  }
  return <Resources resources={resources} selection={selection} />;
}

type ResourcesProps = Pick<ResultViewProps, "resources" | "selection">;

/** Apart, so that what is selected comes into view as soon as there is something to see. */
function Resources({ resources, selection }: ResourcesProps) {
  const pane = useIntoView<HTMLElement>(selection.value ?? selection.at);
  return (
    <ScrollPane ref={pane} className={styles["pane"]} label="Values of the result">
      {resources.map((resource) => (
        <Resource key={resource.path} resource={resource} selection={selection} />
      ))}
    </ScrollPane>
  );
}

function Resource({ resource, selection }: { resource: ResultResource; selection: Selection }) {
  return (
    <div className={styles["resource"]}>
      <h3 className={styles["kind"]}>
        {resource.type} <span className={`${styles["id"]} mono`}>{resource.id.slice(0, 8)}</span>
      </h3>
      {resource.leaves.map((leaf) => (
        <Leaf
          key={leaf.path}
          leaf={leaf}
          light={selection.lightOfValue(leaf.path, leaf.source?.field)}
          select={selection.selectValue}
          hover={selection.hover}
        />
      ))}
    </div>
  );
}

interface LeafProps {
  readonly leaf: ResultLeaf;
  readonly light: Light;
  readonly select: (path: string) => void;
  readonly hover: (at: string | undefined) => void;
}

const Leaf = memo(function Leaf({ leaf, light, select, hover }: LeafProps) {
  const { path, short, value, source } = leaf;
  return (
    <button
      type="button"
      className={styles["leaf"]}
      data-light={light}
      aria-pressed={light === "same"}
      onClick={() => select(path)}
      onMouseEnter={() => hover(source?.field)}
      onMouseLeave={() => hover(undefined)}
    >
      <span className={`${styles["path"]} mono`}>{short}</span>
      <bdi className={`${styles["value"]} mono`}>{value}</bdi>
      <span className={styles["source"]}>
        {source?.field === undefined ? null : <span className="mono">{source.field}</span>}
        {source?.row === undefined ? null : <span> {source.row}</span>}
        {source?.rule === undefined ? null : <span> {source.rule}</span>}
      </span>
    </button>
  );
});
