import { z } from "zod";
import { departments, drugs, labOrders, noteTypes } from "../world/catalogue.ts";

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
  .regex(/^\d{1,4}[mhd](?:\.\.\d{1,4}[mhd])?$/u, "must be a time such as 10m, or 2h..3d")
  .transform(readWait)
  .refine(({ least, most }) => least <= most, "must not end before it begins");

const step = z
  .strictObject({
    do: z.enum(stepKinds).describe("What happens."),
    after: wait.prefault("0m").describe("How long after the step before: 10m, or 2h..3d."),
    chance: z.number().min(0).max(1).default(1).describe("How likely it happens at all."),
    what: z.string().optional().describe("Which test, drug, note or department; any if not said."),
    times: z.int().min(1).max(50).default(1).describe("How often in a row, each after the wait."),
  })
  .refine(({ do: kind, what }) => what === undefined || whatOf(kind).includes(what), {
    path: ["what"],
    // Also where another key of the step is wrong, so that all problems are told at once.
    when: ({ value }) => z.looseObject({ do: z.enum(stepKinds) }).safeParse(value).success,
    error: ({ input }) => wantedWhat(z.looseObject({ do: z.enum(stepKinds) }).parse(input).do),
  });

/** One file under `pathways/`: how a piece of a life goes. */
export const pathwaySettings = z.strictObject({
  title: z.string().describe("What it is, in a few words."),
  weight: z.number().min(0).describe("How often it is chosen, against the others."),
  steps: z.array(step).min(1).max(200).describe("What happens, one after the other."),
});

export type Pathway = z.infer<typeof pathwaySettings>;
export type Step = Pathway["steps"][number];

/** What a step of a kind can name; empty where there is no choice. */
function whatOf(kind: StepKind): readonly string[] {
  return choices[kind] ?? [];
}

function wantedWhat(kind: StepKind): string {
  const known = whatOf(kind);
  if (known.length === 0) return `has no meaning for “${kind}”`;
  return `must be one of ${known.join(", ")}`;
}

/** Least and most, in minutes. */
function readWait(text: string): { readonly least: number; readonly most: number } {
  const [least = "0m", most = least] = text.split("..");
  return { least: minutes(least), most: minutes(most) };
}

function minutes(text: string): number {
  const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 1);
}

const namesOf = (kind: "clinic" | "emergency" | "ward"): readonly string[] =>
  departments.filter((department) => department.kind === kind).map(({ code }) => code);

const choices: Readonly<Partial<Record<StepKind, readonly string[]>>> = {
  book: namesOf("clinic"),
  "arrive in emergency": namesOf("emergency"),
  admit: namesOf("ward"),
  transfer: namesOf("ward"),
  order: labOrders.map(({ key }) => key),
  "give medication": drugs.map(({ key }) => key),
  "write note": noteTypes.map(({ key }) => key),
};
