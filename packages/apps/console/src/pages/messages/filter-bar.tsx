import { Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { MessagesSearch } from "../../app/search-params.ts";
import { useDraft } from "../../parts/draft.ts";
import { useSites } from "../../parts/sites.ts";
import styles from "./messages.module.css";
import { type MessageFilter, isNarrowed } from "./message-filter.ts";
import { TimeFilter } from "./time-filter.tsx";

/** Narrows the list. All but the patient stands in the address. */
export function FilterBar({ filter }: { filter: MessageFilter }) {
  const change = useChange();
  const channels = useChannels(filter.site);
  const navigate = useNavigate();
  return (
    <search>
      <form className={styles["bar"]} onSubmit={(event) => event.preventDefault()}>
        <TypeFilter filter={filter} change={change} />
        <Typed
          label="Control id"
          value={filter.controlId ?? ""}
          onChange={(controlId) => change({ controlId: orNothing(controlId) })}
        />
        <PatientFilter filter={filter} />
        <Select
          label="Outcome"
          size="xs"
          placeholder="Any"
          clearable
          data={outcomes}
          value={outcomeOf(filter)}
          onChange={(value) => change(searchOf(value))}
        />
        <Select
          label="Channel"
          size="xs"
          placeholder="Any"
          clearable
          data={channels}
          value={filter.channel ?? null}
          onChange={(channel) => change({ channel: channel ?? undefined })}
        />
        <TimeFilter filter={filter} change={change} />
        {isNarrowed(filter) ? (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => void navigate({ to: "/messages", search: { site: filter.site } })}
          >
            Clear
          </Button>
        ) : null}
      </form>
    </search>
  );
}

export type Change = (part: MessagesSearch) => void;

function useChange(): Change {
  const navigate = useNavigate();
  return (part) =>
    void navigate({
      to: "/messages",
      search: (search) => ({ ...search, ...part }),
      state: (state) => state,
      replace: true,
    });
}

/** By identifier. Kept in the history's state: an address goes into logs and other people's hands. */
function PatientFilter({ filter }: { filter: MessageFilter }) {
  const navigate = useNavigate();
  return (
    <Typed
      label="Patient identifier"
      isSearch
      value={filter.patient ?? ""}
      onChange={(patient) =>
        void navigate({
          to: "/messages",
          search: (search) => search,
          state: (state) => ({ ...state, patient: orNothing(patient) }),
          replace: true,
        })
      }
    />
  );
}

function TypeFilter({ filter, change }: { filter: MessageFilter; change: Change }) {
  const [text, setText] = useDraft(filter.type ?? "");
  const take = (type: string) => change({ type: orNothing(type.trim().toUpperCase()) });
  return (
    <Autocomplete
      label="Type"
      size="xs"
      placeholder="Any"
      data={types}
      value={text}
      onChange={setText}
      onOptionSubmit={take}
      onBlur={() => take(text)}
      onKeyDown={(event) => {
        if (event.key === "Enter") take(text);
      }}
    />
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether `/` leads here. */
  readonly isSearch?: boolean;
}

/** A text that counts on Enter or when it is left, so that no half word is asked for. */
function Typed({ label, value, onChange, isSearch = false }: TypedProps) {
  const [text, setText] = useDraft(value);
  const take = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <TextInput
      label={label}
      size="xs"
      placeholder="Any"
      value={text}
      autoComplete="off"
      spellCheck={false}
      {...(isSearch ? { "data-page-search": true } : {})}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

function useChannels(site: string | undefined): string[] {
  const sites = [...useSites().values()].filter(({ id }) => site === undefined || id === site);
  return [...new Set(sites.flatMap(({ channels }) => channels.map(({ id }) => id)))];
}

function orNothing(text: string): string | undefined {
  return text === "" ? undefined : text;
}

/** Outcome, disposition and problems are three facts, and one choice. */
function outcomeOf({ outcome, disposition, problems }: MessageFilter): string | null {
  return problems ?? outcome ?? disposition ?? null;
}

function searchOf(value: string | null): MessagesSearch {
  const nothing = { outcome: undefined, disposition: undefined, problems: undefined };
  switch (value) {
    case "all":
      return { ...nothing, problems: value };
    case "refused":
    case "broken":
      return { ...nothing, disposition: value };
    case "mapped":
    case "mappedWithWarnings":
    case "notMapped":
    case "failed":
    case "notProcessed":
      return { ...nothing, outcome: value };
    case null:
    default:
      return nothing;
  }
}

const outcomes = [
  { value: "all", label: "Refused or failed" },
  { value: "mapped", label: "Mapped" },
  { value: "mappedWithWarnings", label: "Mapped with warnings" },
  { value: "notMapped", label: "Not mapped" },
  { value: "failed", label: "Mapping failed" },
  { value: "notProcessed", label: "Not processed" },
  { value: "refused", label: "Refused" },
  { value: "broken", label: "Broken frame" },
];

const types = [
  "ADT",
  "ADT^A01",
  "ADT^A03",
  "ADT^A04",
  "ADT^A08",
  "ADT^A40",
  "MDM^T02",
  "ORM^O01",
  "ORU^R01",
  "RAS^O17",
  "SIU",
  "SIU^S12",
];
