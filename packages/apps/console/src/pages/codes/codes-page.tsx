import { Button, Select, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { UnmappedCode } from "@trestle/api/contract";
import { useDraft } from "../../parts/draft.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { countText, counted } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { ChangeSetBar } from "./change-set-bar.tsx";
import { codeOf } from "./code-key.ts";
import { type CodeFilter, isNarrowed, useCodeFilter, useCodes } from "./code-list.ts";
import { CodesViews } from "./codes-views.tsx";
import { CoveragePage } from "./coverage-page.tsx";
import { CodePanel } from "./code-panel.tsx";
import { CodeTable } from "./code-table.tsx";
import styles from "./codes.module.css";

const route = getRouteApi("/codes");

/** Codes that no table has a row for and what people decide about them; or what tables cover. */
export function CodesPage() {
  const { view } = route.useSearch();
  return view === "coverage" ? <CoveragePage /> : <UnmappedCodes />;
}

function UnmappedCodes() {
  const filter = useCodeFilter();
  const { open: key } = route.useSearch();
  const open = codeOf(key);
  const list = useCodes(filter);
  return (
    <Page
      title="Codes"
      sentence={sentenceOf(list, filter)}
      aside={<CodesViews view="unmapped" />}
      isFilling
    >
      <Narrow filter={filter} tables={list.tables} isOpen={open !== undefined} />
      <div className={styles["columns"]} data-open={open !== undefined || undefined}>
        <div className={styles["left"]}>
          <Rows list={list} filter={filter} />
        </div>
        {open === undefined ? null : <CodePanel key={key} code={open} />}
      </div>
      <ChangeSetBar />
    </Page>
  );
}

interface RowsProps {
  readonly list: ReturnType<typeof useCodes>;
  readonly filter: CodeFilter;
}

function Rows({ list, filter }: RowsProps) {
  if (list.items.length > 0) {
    const isMore = list.hasNextPage && !list.isFetchingNextPage;
    return (
      <CodeTable
        key={JSON.stringify(filter)}
        items={list.items}
        more={isMore ? list.fetchNextPage : undefined}
        isWhole={!list.hasNextPage}
      />
    );
  }
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return list.isPending ? <Loading rows={12} /> : <NoCodes filter={filter} />;
}

function NoCodes({ filter }: { filter: CodeFilter }) {
  if (isNarrowed(filter)) {
    return (
      <Empty title="No code matches">
        <p>No code without a row fits all of the filters above. Take one away.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Every code has a row">
      <p>
        A local code that messages have and that no table names appears here, with the messages
        behind it. How much of each table messages use, and which of its rows nothing used, stands
        under <em>Coverage</em>, or
      </p>
      <p>
        <Command>npx trestle tables coverage SITE</Command>
      </p>
    </Empty>
  );
}

interface NarrowProps {
  readonly filter: CodeFilter;
  readonly tables: readonly { readonly site: string; readonly table: string }[];
  /** Whether a code is looked at. */
  readonly isOpen: boolean;
}

/** Site stands above; table, code and order here. All of it is in the address. */
function Narrow({ filter, tables, isOpen }: NarrowProps) {
  const navigate = route.useNavigate();
  const change = (part: Partial<CodeFilter>) =>
    void navigate({ search: (search) => ({ ...search, ...part }), replace: true });
  const ofSite = tables.filter(({ site }) => filter.site === undefined || site === filter.site);
  const names = [...new Set([...ofSite.map(({ table }) => table), filter.table ?? []].flat())];
  return (
    <search>
      <form
        className={styles["bar"]}
        data-open={isOpen || undefined}
        onSubmit={(event) => event.preventDefault()}
      >
        <Select
          label="Table"
          size="xs"
          placeholder="Any"
          clearable
          data={names.toSorted()}
          value={filter.table ?? null}
          onChange={(table) => change({ table: table ?? undefined })}
        />
        <ExactCode value={filter.local ?? ""} onChange={(local) => change({ local })} />
        <Select
          label="Order"
          size="xs"
          allowDeselect={false}
          data={orders}
          value={filter.order ?? "count"}
          onChange={(order) => change({ order: order === "lastSeen" ? order : undefined })}
        />
        {filter.table === undefined && filter.local === undefined ? null : (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => change({ table: undefined, local: undefined })}
          >
            Clear
          </Button>
        )}
      </form>
    </search>
  );
}

interface ExactCodeProps {
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}

function ExactCode({ value, onChange }: ExactCodeProps) {
  const [text, setText] = useDraft(value);
  const take = () => {
    if (text !== value) onChange(text === "" ? undefined : text);
  };
  return (
    <TextInput
      label="Code"
      size="xs"
      placeholder="Any"
      value={text}
      autoComplete="off"
      spellCheck={false}
      data-page-search
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

/** The situation: how many, and which weighs most. */
function sentenceOf(
  { items, hasNextPage, isSuccess }: ReturnType<typeof useCodes>,
  filter: CodeFilter,
): string {
  const [first] = items;
  if (!isSuccess) return "Codes without a row";
  if (first === undefined) return isNarrowed(filter) ? "No code matches." : "Every code has a row.";
  const count = hasNextPage
    ? `More than ${countText(items.length)} codes have no row`
    : counted(items.length, "code has no row", "codes have no row");
  return `${count}; ${weightOf(first, filter)}.`;
}

function weightOf({ local, count }: UnmappedCode, { order }: CodeFilter): string {
  const name = local === "" ? "what is no short plain code" : local;
  if (order === "lastSeen") return `${name} came last`;
  return `${name} came most often, in ${counted(count, "message")}`;
}

const orders = [
  { value: "count", label: "Most messages first" },
  { value: "lastSeen", label: "Last seen first" },
];
