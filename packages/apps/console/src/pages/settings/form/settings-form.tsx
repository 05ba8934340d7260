import Form from "@rjsf/core/lib/components/Form.js";
import {
  type ErrorSchema,
  ErrorSchemaBuilder,
  type RJSFSchema,
  type UnsupportedFieldProps,
  getDefaultFormState,
} from "@rjsf/utils";
import type { SettingProblem } from "@trestle/api/contract";
import { useMemo, useState } from "react";
import { formValidator } from "../form-validator.ts";
import { type Place, printPlace, valueAt, withAt } from "../place.ts";
import { ChoiceTemplate } from "./choice-template.tsx";
import { FieldTemplate } from "./field-template.tsx";
import { FormContext } from "./form-state.ts";
import { GroupTemplate } from "./group-template.tsx";
import { SelectInput, TextInput } from "./inputs.tsx";
import { ListItemTemplate, ListTemplate } from "./list-template.tsx";

interface SettingsFormProps {
  readonly schema: RJSFSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Of this file. */
  readonly problems: readonly SettingProblem[];
  readonly open: string;
  readonly setOpen: (place: string) => void;
  /** Opens a part, and stands at it. */
  readonly goTo: (place: Place) => void;
}

/** The form of a file, made from its JSON Schema. */
export function SettingsForm({
  schema,
  value,
  onChange,
  problems,
  open,
  setOpen,
  goTo,
}: SettingsFormProps) {
  // The library remembers which entries a map has, and hears of no others: it begins anew with them.
  const [turn, setTurn] = useState(0);
  const change = (place: Place, part: unknown) => {
    onChange(withAt(value, place, part));
    setTurn(turn + 1);
  };
  const errors = useMemo(() => errorsOf(problems), [problems]);
  const state = {
    open,
    setOpen,
    problems: problems.map(({ path = [] }) => printPlace(path)),
    isThere: (place: Place) => valueAt(value, place) !== undefined,
    remove: (place: Place) => change(place, undefined),
    add: (place: Place, part: unknown) => {
      change(place, part);
      goTo(place);
    },
  };
  return (
    <FormContext value={state}>
      <Form
        key={turn}
        schema={schema}
        formData={value}
        validator={formValidator}
        templates={templates}
        widgets={widgets}
        extraErrors={errors}
        experimental_defaultFormStateBehavior={untouched}
        noHtml5Validate
        showErrorList={false}
        tagName="div"
        onChange={({ formData }) => onChange(formData)}
      >
        <span hidden />
      </Form>
    </FormContext>
  );
}

/** A value as the form has it before anybody touches it: with what can have one value only. */
export function begunOf(schema: RJSFSchema, value: unknown): unknown {
  return getDefaultFormState(formValidator, schema, value, schema, false, untouched);
}

function errorsOf(problems: readonly SettingProblem[]): ErrorSchema {
  const builder = new ErrorSchemaBuilder();
  for (const { path = [], text, hint } of problems) builder.addErrors(`${text} ${hint}`, path);
  return builder.ErrorSchema;
}

/** No schema of a file has such a part; a test looks at all of them. */
function Unsupported({ reason }: UnsupportedFieldProps): never {
  throw new TypeError(`no field for this: ${reason}`);
}

const templates = {
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
  BaseInputTemplate: TextInput,
  FieldTemplate,
  MultiSchemaFieldTemplate: ChoiceTemplate,
  ObjectFieldTemplate: GroupTemplate,
  UnsupportedFieldTemplate: Unsupported,
};

const widgets = { CheckboxWidget: SelectInput, SelectWidget: SelectInput };

/** Nothing is filled in but what can have one value only. */
const untouched = {
  allOf: "skipDefaults",
  arrayMinItems: { populate: "never" },
  constAsDefaults: "always",
  emptyObjectFields: "skipEmptyDefaults",
  mergeDefaultsIntoFormData: "useFormDataIfPresent",
} as const;
