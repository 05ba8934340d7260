import { Input } from "@mantine/core";
import type { FieldTemplateProps, RJSFSchema } from "@rjsf/utils";
import type { ReactNode } from "react";
import { printPlace } from "../place.ts";
import { Absent } from "./absent.tsx";
import { EntryActions } from "./entry-actions.tsx";
import { EntryContext, useEntry, useForm } from "./form-state.ts";
import { isEntry, noteOf } from "./group-template.tsx";
import { KeyInput } from "./key-input.tsx";
import { Part, labelOf } from "./part.tsx";
import styles from "./form.module.css";

/** One setting with its key, what it is for, and what is wrong with it. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { schema, fieldPathId, hidden, onKeyRename, onRemoveProperty } = props;
  const { setOpen } = useForm();
  const place = printPlace(fieldPathId.path);
  if (hidden === true || schema.const !== undefined) return null;
  if (!isEntry(schema)) return <Field {...props} />;
  const rename = (to: string) => {
    onKeyRename(to);
    setOpen(printPlace([...fieldPathId.path.slice(0, -1), to]));
  };
  const entry = { place, rename, remove: onRemoveProperty };
  return (
    <EntryContext value={entry}>
      <Field {...props} />
    </EntryContext>
  );
}

function Field(props: FieldTemplateProps) {
  const { schema, fieldPathId, rawErrors, required = false, children } = props;
  const { remove } = useForm();
  const place = fieldPathId.path;
  if (isUnion(schema)) {
    if (props.formData === undefined && place.length > 0) {
      return (
        <Absent
          place={place}
          help={schema.description}
          isRequired={required}
          preset=""
          empty={schema.oneOf === undefined ? "" : {}}
        />
      );
    }
    return (
      <Part
        place={place}
        note={noteOf(props.formData, schema)}
        help={schema.description}
        remove={required ? undefined : () => remove(place)}
      >
        <Problems texts={rawErrors} />
        {children}
      </Part>
    );
  }
  if (schema.type === "object" || schema.type === "array") {
    return (
      <>
        {children}
        <Problems texts={rawErrors} />
      </>
    );
  }
  return <Scalar {...props} />;
}

function Scalar(props: FieldTemplateProps) {
  const { id, schema, fieldPathId, required = false, rawErrors = [], children } = props;
  const label = labelOf(fieldPathId.path);
  // A hint is often what the setting is for, which stands above it already.
  const texts = rawErrors.map((text) => text.replace(schema.description ?? "\0", "").trim());
  const entry = useEntry(printPlace(fieldPathId.path));
  return (
    <div className={styles["field"]}>
      {entry?.rename === undefined ? null : <KeyInput name={label} rename={entry.rename} />}
      <Input.Wrapper
        id={id}
        className={styles["input"]}
        size="xs"
        label={entry?.rename === undefined ? <span className="mono">{label}</span> : "Value"}
        description={schema.description}
        error={texts.length === 0 ? undefined : <Texts texts={texts} />}
        required={required && entry === undefined}
      >
        {children}
      </Input.Wrapper>
      <EntryActions label={label} entry={entry} />
    </div>
  );
}

/** What is wrong with a part as a whole. */
function Problems({ texts }: { readonly texts: readonly string[] | undefined }): ReactNode {
  if (texts === undefined || texts.length === 0) return null;
  return (
    <div className={styles["problems"]}>
      <Texts texts={texts} />
    </div>
  );
}

function Texts({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <span key={text} className={styles["problem"]}>
      {text}
    </span>
  ));
}

function isUnion({ oneOf, anyOf }: RJSFSchema): boolean {
  return (oneOf ?? anyOf) !== undefined;
}
