import { z } from "zod";

/** Something that is wrong with the data of a site, in a share of its resources of one kind. */
export const dataDefect = z.strictObject({
  resource: z
    .string()
    .regex(/^[A-Z][A-Za-z]+$/u)
    .describe("Resource type."),
  subType: z
    .string()
    .optional()
    .describe("Only resources of this part of the type, such as Labs; all where left out."),
  at: z
    .string()
    .regex(/^[A-Za-z]+(?:\.[A-Za-z]+)*$/u)
    .describe("The element, by its names, such as `valueQuantity.unit`; of lists every item."),
  wrong: z
    .enum(["missing", "unit", "code", "future", "old", "dangling"])
    .describe(
      "Not there; a quantity in no unit of UCUM; a code of nobody but the site; a time a century ahead, or ten years back; a reference to nothing.",
    ),
  share: z.number().min(0).max(1).default(1).describe("In how many of them, from 0 to 1."),
});

export type DataDefect = z.infer<typeof dataDefect>;
