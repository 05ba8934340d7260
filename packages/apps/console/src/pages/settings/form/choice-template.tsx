import type { MultiSchemaFieldTemplateProps } from "@rjsf/utils";
import styles from "./form.module.css";

/** A union: which variant it is, and the settings of that one. */
export function ChoiceTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <>
      <div className={styles["choice"]}>{selector}</div>
      {optionSchemaField}
    </>
  );
}
