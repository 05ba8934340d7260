import { between, happens, pick } from "../draw.ts";
import { ailments } from "../world/conditions.ts";
import type {
  Answers,
  Background,
  ChartVisit,
  Delivery,
  Exam,
  Implant,
  Relative,
  Social,
} from "./chart.ts";
import { type Invention, dayMs, daysAgo } from "./invention.ts";

/** What is known of the person beside illness: habits, family, answers, implants, children. */
export function inventPersonal(
  invention: Invention,
  visits: readonly ChartVisit[],
): Pick<Background, "devices" | "relatives" | "answers" | "social" | "deliveries" | "exams"> {
  const { random } = invention;
  const asked = visits.filter(({ kind }) => kind === "O").slice(-2);
  const known = {
    devices: happens(random, 0.12) ? [inventImplant(invention)] : [],
    relatives: inventRelatives(invention),
    answers: asked.map((visit, number) => inventAnswers(invention, visit, number)),
    social: inventSocial(invention),
  };
  return {
    ...known,
    deliveries: inventDeliveries(invention, known.social),
    exams: asked.flatMap((visit, number) => inventExam(invention, visit, number)),
  };
}

function inventImplant(invention: Invention): Implant {
  const { random } = invention;
  return {
    number: 0,
    ...pick(random, implants),
    serial: String(between(random, 100_000, 999_999)),
    implantedAt: daysAgo(invention, { least: 200, most: 2500 }),
  };
}

function inventRelatives({ random }: Invention): readonly Relative[] {
  const [first, ...rest] = ailments;
  if (first === undefined) return [];
  return relations
    .filter(() => happens(random, 0.5))
    .map((relation, number) => ({ number, relation, ailment: pick(random, [first, ...rest]) }));
}

/** Two questions about mood, each from 0 to 3. */
function inventAnswers({ random }: Invention, visit: ChartVisit, number: number): Answers {
  return {
    number,
    csn: visit.csn,
    at: visit.startedAt + 2 * 60_000,
    values: [between(random, 0, 3), between(random, 0, 3)],
  };
}

function inventSocial(invention: Invention): Social {
  const { random, person } = invention;
  const isAsked = person.sex === "F" && happens(random, 0.6);
  return {
    at: daysAgo(invention, { least: 5, most: 400 }),
    smoking: pick(random, ["never", "never", "never", "former", "current"]),
    bloodType: pick(random, ["A POS", "A POS", "O POS", "O POS", "B POS", "AB POS", "O NEG"]),
    pregnancies: isAsked ? between(random, 0, 4) : undefined,
    foodRanOut: pick(random, ["never", "never", "never", "sometimes", "often"]),
    fallRiskSince: happens(random, 0.2) ? daysAgo(invention, { least: 1, most: 300 }) : undefined,
  };
}

/** The last child of who has borne any, between the ages of twenty and forty. */
function inventDeliveries(invention: Invention, { pregnancies }: Social): readonly Delivery[] {
  const { random } = invention;
  const years = ageAtStart(invention);
  if (pregnancies === undefined || pregnancies === 0 || years < 22) return [];
  const age = between(random, 20, Math.min(40, years - 1));
  const at =
    bornAt(invention) + Math.round(age * yearDays) * dayMs + between(random, 0, 1439) * 60_000;
  return [
    {
      number: 0,
      at,
      isCesarean: happens(random, 0.3),
      weightGrams: between(random, 2600, 4200),
      apgar: between(random, 7, 10),
    },
  ];
}

/** Who is old is asked to draw a clock; others have their gums looked at now and then. */
function inventExam(
  invention: Invention,
  { csn, startedAt }: ChartVisit,
  number: number,
): readonly Exam[] {
  const { random } = invention;
  const at = startedAt + 10 * 60_000;
  if (ageAtStart(invention) >= 65) {
    return [{ number, kind: "cognition", csn, at, value: between(random, 2, 5) }];
  }
  if (!happens(random, 0.1)) return [];
  return [{ number, kind: "gums", csn, at, value: between(random, 1, 5) }];
}

function ageAtStart(invention: Invention): number {
  return Math.floor((invention.start - bornAt(invention)) / dayMs / yearDays);
}

function bornAt({ person: { birthDate } }: Invention): number {
  return Date.UTC(
    Number(birthDate.slice(0, 4)),
    Number(birthDate.slice(4, 6)) - 1,
    Number(birthDate.slice(6, 8)),
  );
}

const yearDays = 365.25;

type Kind = Omit<Implant, "number" | "serial" | "implantedAt">;

const implants: readonly [Kind, ...Kind[]] = [
  {
    name: "Cardiac pacemaker",
    snomed: "14106009",
    manufacturer: "Lakeshore Devices",
    model: "LP-200",
  },
  {
    name: "Knee joint prosthesis",
    snomed: "304120007",
    manufacturer: "Harbor Orthopedics",
    model: "HK-7",
  },
];

const relations = [
  { code: "MTH", name: "Mother" },
  { code: "FTH", name: "Father" },
  { code: "MGRMTH", name: "Maternal Grandmother" },
] as const;
