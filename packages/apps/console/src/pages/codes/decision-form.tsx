import { Autocomplete, Button, Checkbox, TextInput } from "@mantine/core";
import type { CodeSuggestion } from "@trestle/api/contract";
import { type SubmitEvent, useState } from "react";
import { useSuggestions } from "../../api/queries.ts";
import type { CodeOfTable } from "./code-key.ts";
import styles from "./codes.module.css";
import { decide } from "./decisions.ts";
import { SuggestionList } from "./suggestion-list.tsx";

interface DecisionFormProps {
  /** The code that is looked at. */
  readonly code: CodeOfTable;
  /** All that the decision counts for. */
  readonly codes: readonly CodeOfTable[];
}

/** Suggestions, a meaning of one's own, or none on purpose. */
export function DecisionForm({ code, codes }: DecisionFormProps) {
  const [fields, setFields] = useState(empty);
  // Only once the name is left, so that no half word is asked for.
  const [known, setKnown] = useState("");
  const { site, table, local } = code;
  const found = useSuggestions({ site, table, local, display: known });
  const change = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }));
  const { note, display } = fields;
  const take = ({ system, code: to, display: named, status }: CodeSuggestion) =>
    decide(codes, { system, code: to, display: display === "" ? named : display, status, note });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { system, code: to, isProposed } = fields;
    const status = isProposed ? "proposed" : "mapped";
    decide(codes, { system: system.trim(), code: to.trim(), display, status, note });
  };
  const leave = () =>
    decide(codes, { system: "", code: "", display, status: "not mapped on purpose", note });
  const systems = [
    ...new Set([...(found.data?.items ?? []).map(({ system }) => system), ...usual]),
  ];
  return (
    <>
      <SuggestionList found={found} onTake={take} />
      <form className={styles["form"]} onSubmit={submit} aria-label="Decision">
        <Autocomplete
          label="System"
          size="xs"
          data={systems.filter((system) => system !== "")}
          value={fields.system}
          onChange={(system) => change({ system })}
        />
        <MeaningFields fields={fields} change={change} onNamed={() => setKnown(display.trim())} />
        <div className={styles["actions"]}>
          <Button
            type="submit"
            size="xs"
            disabled={fields.system.trim() === "" || fields.code.trim() === ""}
          >
            Map to this
          </Button>
          <Button variant="default" size="xs" onClick={leave}>
            Not mapped on purpose
          </Button>
        </div>
      </form>
    </>
  );
}

interface MeaningFieldsProps {
  readonly fields: Fields;
  readonly change: (part: Partial<Fields>) => void;
  /** The name was typed, and its field left. */
  readonly onNamed: () => void;
}

function MeaningFields({ fields, change, onNamed }: MeaningFieldsProps) {
  return (
    <>
      <TextInput
        label="Code"
        size="xs"
        autoComplete="off"
        spellCheck={false}
        value={fields.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <TextInput
        label="Name"
        description="What the code is called; suggestions follow it."
        size="xs"
        autoComplete="off"
        value={fields.display}
        onChange={(event) => change({ display: event.currentTarget.value })}
        onBlur={onNamed}
      />
      <TextInput
        label="Note"
        description="Kept in the row. Nothing about a patient."
        size="xs"
        autoComplete="off"
        value={fields.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Checkbox
        label="Proposed: use it, somebody still looks"
        size="xs"
        checked={fields.isProposed}
        onChange={(event) => change({ isProposed: event.currentTarget.checked })}
      />
    </>
  );
}

interface Fields {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly note: string;
  readonly isProposed: boolean;
}

const empty: Fields = { system: "", code: "", display: "", note: "", isProposed: false };

const usual = [
  "http://loinc.org",
  "http://snomed.info/sct",
  "http://unitsofmeasure.org",
  "http://www.nlm.nih.gov/research/umls/rxnorm",
  "http://hl7.org/fhir/sid/icd-10-cm",
];
