import { z } from "zod";

/** What can happen to a patient. Each has a function of its name in `steps.ts`. */
export const stepKinds = [
  "register",
  "update",
  "book",
  "reschedule",
  "modify",
  "cancel",
  "no show",
  "check in",
  "arrive in emergency",
  "admit",
  "transfer",
  "cancel admit",
  "discharge",
  "cancel discharge",
  "order",
  "result",
  "chart vitals",
  "give medication",
  "write note",
  "register again",
  "merge",
] as const;

export type StepKind = (typeof stepKinds)[number];

const wait = z
  .string()
  .regex(/^\d+[mhd](?:\.\.\d+[mhd])?$/u, "such as 10m, or 2h..3d")
  .transform(readWait);

/** One file under `pathways/`: how a piece of a life goes. */
export const pathwaySettings = z.strictObject({
  title: z.string().describe("What it is, in a few words."),
  weight: z.number().min(0).describe("How often it is chosen, against the others."),
  steps: z
    .array(
      z.strictObject({
        do: z.enum(stepKinds).describe("What happens."),
        after: wait.prefault("0m").describe("How long after the step before: 10m, or 2h..3d."),
        chance: z.number().min(0).max(1).default(1).describe("How likely it happens at all."),
        what: z
          .string()
          .optional()
          .describe("Which test, drug, note or department; any if not said."),
        times: z
          .int()
          .min(1)
          .max(50)
          .default(1)
          .describe("How often in a row, each after the wait."),
      }),
    )
    .min(1)
    .describe("What happens, one after the other."),
});

export type Pathway = z.infer<typeof pathwaySettings>;
export type Step = Pathway["steps"][number];

/** Least and most, in minutes. */
function readWait(text: string): { readonly least: number; readonly most: number } {
  const [least = "0m", most = least] = text.split("..");
  return { least: minutes(least), most: minutes(most) };
}

function minutes(text: string): number {
  const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 1);
}
