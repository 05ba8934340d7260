import { z } from "zod";

/** sites/NAME/cases/CASE.yaml: a message, and what it must map to at this site. */
export const caseSettings = z
  .strictObject({
    given: fileBeside("hl7").describe("The message: a file beside this one. No real patient."),
    expect: fileBeside("json").describe("The Bundle that it must map to: a file beside this one."),
    warnings: z
      .array(z.string())
      .default([])
      .describe("Codes of the warnings that it must give, in order, such as mapping.unmappedCode."),
    because: z.string().min(1).describe("What this case shows, in a sentence."),
  })
  .meta({
    title: "Case",
    examples: [
      {
        given: "legal-name-wins.hl7",
        expect: "legal-name-wins.json",
        because: "PID-5 repeats; the legal name comes before an alias.",
      },
    ],
  });

function fileBeside(ending: string) {
  return z
    .string()
    .regex(
      new RegExp(`^[^/\\\\]+\\.${ending}$`, "u"),
      `must be a file name that ends in .${ending}`,
    );
}
