import { Button, NativeSelect, TextInput } from "@mantine/core";
import {
  ADDITIONAL_PROPERTY_FLAG,
  type ObjectFieldTemplateProps,
  type RJSFSchema,
} from "@rjsf/utils";
import { useState } from "react";
import { counted } from "../../../parts/number-text.ts";
import { type Place, namePlace } from "../place.ts";
import { Absent } from "./absent.tsx";
import { useForm } from "./form-state.ts";
import { Part } from "./part.tsx";
import styles from "./form.module.css";

/** A group of keys: those that the schema names, and entries by names of one's own. */
export function GroupTemplate(props: ObjectFieldTemplateProps) {
  const { schema, fieldPathId, required = false, properties } = props;
  const formData: unknown = props.formData;
  const { remove } = useForm();
  const place = fieldPathId.path;
  if (isUnion(schema)) return null;
  if (formData === undefined && place.length > 0) {
    return (
      <Absent place={place} help={schema.description} isRequired={required} preset="" empty={{}} />
    );
  }
  const names = Object.keys(formData ?? {});
  return (
    <Part
      place={place}
      note={noteOf(formData, schema)}
      help={schema.description}
      remove={required ? undefined : () => remove(place)}
    >
      {properties.map(({ name, content, hidden }) =>
        hidden ? null : <Kept key={name}>{content}</Kept>,
      )}
      {typeof schema.additionalProperties === "object" ? (
        <AddEntry place={place} schema={schema} names={names} />
      ) : null}
    </Part>
  );
}

function Kept({ children }: { children: React.ReactNode }) {
  return children;
}

interface AddEntryProps {
  readonly place: Place;
  readonly schema: RJSFSchema;
  readonly names: readonly string[];
}

function AddEntry({ place, schema, names }: AddEntryProps) {
  const { add: put } = useForm();
  const [name, setName] = useState("");
  const known = namesOf(schema).filter((one) => !names.includes(one));
  const chosen = known.length > 0 && name === "" ? (known[0] ?? "") : name;
  const canAdd = chosen !== "" && !names.includes(chosen);
  const add = () => {
    if (!canAdd) return;
    put([...place, chosen], emptyOf(schema.additionalProperties as RJSFSchema));
    setName("");
  };
  const label = `Name of a new entry of ${namePlace(place)}`;
  if (namesOf(schema).length > 0 && known.length === 0) return null;
  return (
    <div className={styles["add"]}>
      {known.length > 0 ? (
        <NativeSelect
          size="xs"
          aria-label={label}
          value={chosen}
          data={known}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          size="xs"
          aria-label={label}
          placeholder="name of a new entry"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") add();
          }}
        />
      )}
      <Button variant="default" size="xs" disabled={!canAdd} onClick={add}>
        Add entry
      </Button>
    </div>
  );
}

/** Where only some names may be: those. */
function namesOf({ propertyNames }: RJSFSchema): readonly string[] {
  return typeof propertyNames === "object" ? ((propertyNames.enum ?? []) as string[]) : [];
}

function emptyOf(schema: RJSFSchema): unknown {
  if (schema.type === "array") return [];
  return schema.type === "object" || schema.oneOf !== undefined ? {} : null;
}

/**
 * What tells a part from others while it is closed: the names of its entries, the items of a plain
 * list, its first text; else how much is in it.
 */
export function noteOf(value: unknown, schema: RJSFSchema): string {
  if (Array.isArray(value)) {
    const isFlat = value.every((item) => typeof item !== "object");
    return isFlat && value.length > 0 ? value.join(", ") : counted(value.length, "item");
  }
  if (typeof value !== "object" || value === null) return "";
  const parts = Object.entries(value).filter(([, each]) => each !== undefined);
  if (typeof schema.additionalProperties === "object" && parts.length > 0) {
    return parts.map(([key]) => key).join(", ");
  }
  const text = parts.find(
    ([key, each]) => key !== "type" && typeof each === "string" && each !== "",
  );
  return text === undefined ? counted(parts.length, "setting") : String(text[1]);
}

function isUnion({ oneOf, anyOf, properties }: RJSFSchema): boolean {
  return (oneOf ?? anyOf) !== undefined && properties === undefined;
}

/** Whether a schema is that of an entry whose name a person chose. */
export function isEntry(schema: RJSFSchema): boolean {
  return ADDITIONAL_PROPERTY_FLAG in schema;
}
