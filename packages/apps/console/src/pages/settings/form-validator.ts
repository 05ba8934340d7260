import { type Schema, Validator } from "@cfworker/json-schema";
import type { ValidatorType } from "@rjsf/utils";

/**
 * Tells the form which variant of a union a value is. What is wrong with a value is the hub's to say,
 * in the words of `trestle check`. Makes no code at run time, which the page's policy would refuse.
 */
export const formValidator: ValidatorType = {
  isValid(schema, value, rootSchema) {
    const { definitions } = rootSchema;
    // The library gives variants an id of its own, by which their references would lead elsewhere.
    const { $id: _, ...own } = schema;
    const whole = { ...own, ...(definitions !== undefined && { definitions }) };
    return new Validator(whole as Schema, "7").validate(value).valid;
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};
