import { Input, NativeSelect } from "@mantine/core";
import type { BaseInputTemplateProps, RJSFSchema, WidgetProps } from "@rjsf/utils";
import { defaultKey } from "../form-schema.ts";

/** A text, a number, a day or an address. Left empty, the setting is not in the file. */
export function TextInput(props: BaseInputTemplateProps) {
  const { id, schema, rawErrors = [], type, onChange, onChangeOverride } = props;
  const value: unknown = props.value;
  const isNumber = schema.type === "number" || schema.type === "integer";
  return (
    <Input
      id={id}
      size="xs"
      type={type === "date" ? "date" : "text"}
      inputMode={isNumber ? "decimal" : "text"}
      autoComplete="off"
      spellCheck={false}
      value={textOf(value)}
      placeholder={presetText(schema)}
      error={rawErrors.length > 0}
      aria-describedby={describedBy(id, props)}
      onChange={
        onChangeOverride ??
        ((event: React.ChangeEvent<HTMLInputElement>) =>
          onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value))
      }
    />
  );
}

/** One of some values. Without one the setting is not in the file. */
export function SelectInput(props: WidgetProps) {
  const { id, schema, options, rawErrors = [], onChange, label } = props;
  const value: unknown = props.value;
  const choices = options.enumOptions ?? [];
  // The library's own choice of a variant has a default, for something always has to be chosen.
  const isVariant = schema.default !== undefined;
  const index = choices.findIndex((choice) => choice.value === value);
  return (
    <NativeSelect
      id={id}
      size="xs"
      {...(isVariant && { "aria-label": `Variant of ${label}` })}
      value={index === -1 ? "" : String(index)}
      data={[
        ...(isVariant ? [] : [{ value: "", label: presetText(schema) || "not set" }]),
        ...choices.map((choice, number) => ({
          value: String(number),
          label: isVariant ? choice.label : String(choice.value),
        })),
      ]}
      error={rawErrors.length > 0}
      aria-describedby={isVariant ? undefined : describedBy(id, props)}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        onChange(chosen === "" ? undefined : choices[Number(chosen)]?.value);
      }}
    />
  );
}

function presetText(schema: RJSFSchema): string {
  const preset = textOf(schema[defaultKey]);
  return preset === "" ? "" : `default: ${preset}`;
}

/** A value of another type than the setting's has no text: the problem beside it says so. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function describedBy(
  id: string,
  { schema, rawErrors = [] }: Pick<WidgetProps, "schema" | "rawErrors">,
): string | undefined {
  const ids = [
    ...(schema.description === undefined ? [] : [`${id}-description`]),
    ...(rawErrors.length === 0 ? [] : [`${id}-error`]),
  ];
  return ids.length === 0 ? undefined : ids.join(" ");
}
