import { Button } from "@mantine/core";
import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps, RJSFSchema } from "@rjsf/utils";
import { defaultKey } from "../form-schema.ts";
import { printPlace } from "../place.ts";
import { Absent } from "./absent.tsx";
import { EntryContext, useForm } from "./form-state.ts";
import { noteOf } from "./group-template.tsx";
import { Part, labelOf } from "./part.tsx";
import styles from "./form.module.css";

/** A list: its items can be added, taken away and put in another order. */
export function ListTemplate(props: ArrayFieldTemplateProps) {
  const { schema, fieldPathId, required = false, items, canAdd, onAddClick } = props;
  const formData: unknown = props.formData;
  const { isThere, remove } = useForm();
  const place = fieldPathId.path;
  if (!isThere(place)) {
    return (
      <Absent
        place={place}
        help={schema.description}
        isRequired={required}
        preset={presetOf(schema[defaultKey])}
        empty={[emptyItem(schema.items)]}
      />
    );
  }
  return (
    <Part
      place={place}
      note={noteOf(formData, schema)}
      help={schema.description}
      remove={required ? undefined : () => remove(place)}
    >
      {items}
      {canAdd ? (
        <div className={styles["add"]}>
          <Button
            variant="default"
            size="xs"
            onClick={onAddClick}
            aria-label={`Add item to ${labelOf(place)}`}
          >
            Add item
          </Button>
        </div>
      ) : null}
    </Part>
  );
}

/** An item of a list, with what can be done with it. */
export function ListItemTemplate({ buttonsProps, children }: ArrayFieldItemTemplateProps) {
  const { fieldPathId, hasMoveUp, hasMoveDown, onMoveUpItem, onMoveDownItem, onRemoveItem } =
    buttonsProps;
  const entry = {
    place: printPlace(fieldPathId.path),
    remove: () => onRemoveItem(),
    moveUp: hasMoveUp ? () => onMoveUpItem() : undefined,
    moveDown: hasMoveDown ? () => onMoveDownItem() : undefined,
  };
  return <EntryContext value={entry}>{children}</EntryContext>;
}

/** An item that is to be filled in. */
function emptyItem(items: RJSFSchema["items"]): unknown {
  const isGroup = typeof items === "object" && !Array.isArray(items) && hasParts(items);
  return isGroup ? {} : null;
}

function hasParts(schema: Exclude<RJSFSchema["items"], boolean | undefined | unknown[]>): boolean {
  return schema.type === "object" || schema.oneOf !== undefined;
}

function presetOf(preset: unknown): string {
  if (!Array.isArray(preset)) return "";
  return preset.length === 0 ? "none" : preset.map(String).join(", ");
}
