import { z } from "zod";

const day = z.iso.date("must be a day that exists, written as 2026-05-11");

const personName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/u, "begins with a small letter and has small letters, digits, hyphens");

const person = z
  .strictObject({
    name: z.string().min(1).max(200).describe("What people call them."),
    side: z.enum(["ours", "hospital"]).describe("Whose they are: ours, or the hospital's."),
    email: z
      .email("must be a mail address, such as analyst@hospital.example")
      .max(320)
      .optional()
      .describe("Their mail address."),
    phone: z
      .string()
      .regex(
        /^(?=(?:\D*\d){7,15}(?:\D*x\D*\d{1,6})?$)\+?[\d(][\d ().-]*(?:x ?\d{1,6})?$/u,
        "must be a telephone number, such as +1 608 555 0100",
      )
      .optional()
      .describe("Their telephone number, with what has to be dialled from elsewhere."),
    note: z.string().min(1).max(1000).optional().describe("When they are there, and for what."),
  })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, {
    error: "needs an email or a phone by which they can be reached",
  });

const owner = (what: string) => z.string().optional().describe(what);

/** Who answers for what; each is a name under people. */
const owners = z
  .strictObject({
    dayToDay: owner("Who watches day to day."),
    outOfHours: owner("Who is called at two in the morning."),
    upgradesOurs: owner("Who of ours tests before each upgrade."),
    upgradesHospital: owner("Who of the hospital tests before each upgrade."),
    siteContact: owner("The named contact at the hospital."),
    interfaceAnalyst: owner("The hospital's analyst for the interface and its record system."),
    clinicalInformatics: owner("The hospital's contact in clinical informatics."),
    leadershipOutOfHours: owner("The way to the hospital's leadership in IT out of hours."),
  })
  .describe("By what has to be answered for, who does: a name under people.");

const step = z.strictObject({
  call: z.string().describe("A name under people."),
  by: z.enum(["phone", "email"]).default("phone").describe("How."),
  waitMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .describe("How long they have to answer before the next is called."),
});

const serviceLevel = z.strictObject({
  respondMinutes: z.int().min(1).max(43_200).describe("Within what somebody works on it."),
  restoreMinutes: z.int().min(1).max(525_600).optional().describe("Within what it works again."),
  agreedBy: z.array(z.string()).min(1).describe("Who agreed: names under people, of both sides."),
  agreedOn: day.describe("The day on which they did."),
});

const severities = ["critical", "high", "medium", "low"] as const;

/** sites/NAME/people.yaml: who answers for a site, on both sides. */
export const peopleSettings = z
  .strictObject({
    people: z
      .record(personName, person)
      .default({})
      .describe(
        "By a name of our own, such as interface-analyst, who it is and how to reach them.",
      ),
    owners: owners.prefault({}),
    escalation: z
      .array(step)
      .max(20)
      .default([])
      .describe("Who is called one after the other when something is broken."),
    serviceLevels: z
      .partialRecord(z.enum(severities), serviceLevel)
      .default({})
      .describe("By severity (critical, high, medium, low), what was agreed."),
    confirmedOn: day
      .optional()
      .describe("The day on which everybody here was last asked whether this is still so."),
  })
  .meta({
    title: "People",
    examples: [
      {
        people: {
          "on-call": { name: "Our engineer on call", side: "ours", phone: "+1 608 555 0100" },
          analyst: { name: "Ada Example", side: "hospital", email: "ada@hospital.example" },
        },
        owners: { dayToDay: "on-call", interfaceAnalyst: "analyst" },
        escalation: [{ call: "on-call", waitMinutes: 15 }],
        confirmedOn: "2026-01-10",
      },
    ],
  });

export type PeopleSettings = z.infer<typeof peopleSettings>;

/** What has to be answered for. */
export type OwnerName = keyof PeopleSettings["owners"];

export const ownerNames = owners.keyof().options;

/** The worst first. */
export const severityNames: typeof severities = severities;

/** Owners that only somebody of one side can be. */
export const sideOfOwner: Readonly<Partial<Record<OwnerName, "ours" | "hospital">>> = {
  upgradesOurs: "ours",
  upgradesHospital: "hospital",
  siteContact: "hospital",
  interfaceAnalyst: "hospital",
  clinicalInformatics: "hospital",
  leadershipOutOfHours: "hospital",
};
