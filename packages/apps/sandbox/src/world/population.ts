import type { Random } from "@trestle/base";
import { around, between, happens, pick } from "../draw.ts";
import { allergens, plans } from "./catalogue.ts";
import { familyNames, femaleNames, maleNames, streets, towns } from "./names.ts";
import type { Address, Patient, Provider, User } from "./people.ts";

/** Everybody there is at the start. */
export interface Population {
  readonly patients: readonly Patient[];
  readonly providers: readonly [Provider, ...Provider[]];
  readonly users: readonly [User, ...User[]];
}

/** Invents a population. The same random gives the same people. */
export function inventPopulation(random: Random, patients: number): Population {
  const providers = nonEmpty(
    Array.from({ length: 24 }, (_, index) => inventProvider(random, index)),
  );
  const users = nonEmpty(Array.from({ length: 8 }, (_, index) => inventUser(random, index)));
  return {
    providers,
    users,
    patients: Array.from({ length: patients }, (_, index) =>
      inventPatient(random, index, providers),
    ),
  };
}

function inventProvider(random: Random, index: number): Provider {
  return {
    id: String(1001 + index),
    npi: `19999${String(10_000 + index * 37).padStart(5, "0")}`,
    family: pick(random, familyNames),
    given: happens(random, 0.5) ? pick(random, femaleNames) : pick(random, maleNames),
    middle: initial(random),
  };
}

function inventUser(random: Random, index: number): User {
  return {
    login: String(39_248 + index * 13),
    family: pick(random, familyNames),
    given: pick(random, femaleNames),
  };
}

function inventPatient(
  random: Random,
  index: number,
  providers: readonly [Provider, ...Provider[]],
): Patient {
  const sex = happens(random, 0.52) ? "F" : "M";
  const family = pick(random, familyNames);
  return {
    epi: `E${900_001 + index}`,
    mrn: String(900_001 + index),
    family,
    given: sex === "F" ? pick(random, femaleNames) : pick(random, maleNames),
    middle: initial(random),
    sex,
    birthDate: inventBirthDate(random),
    race: pick(random, ["WHITE", "WHITE", "BLACK OR AFRICAN AMERICAN", "ASIAN", "OTHER"]),
    ethnicity: happens(random, 0.15) ? "HISPANIC OR LATINO" : "NOT HISPANIC",
    language: pick(random, ["ENGLISH", "ENGLISH", "ENGLISH", "SPANISH", "HMONG"]),
    maritalStatus: pick(random, ["SINGLE", "MARRIED", "DIVORCED", "WIDOWED"]),
    address: inventAddress(random),
    phone: inventPhone(random),
    email: happens(random, 0.6) ? `person${900_001 + index}@example.com` : undefined,
    kin: {
      family,
      given: pick(random, maleNames),
      relation: pick(random, ["Spouse", "Parent", "Child", "Sibling"]),
      phone: inventPhone(random),
    },
    primaryCare: pick(random, providers),
    allergies: allergens.filter(() => happens(random, 0.15)),
    plan: pick(random, plans),
    memberNumber: `M${between(random, 100_000, 999_999)}`,
    portal: happens(random, 0.5) ? "ACTIVATED" : "PENDING",
    weightKg: Number(around(random, { middle: sex === "F" ? 70 : 82, spread: 24, digits: 1 })),
    isRegistered: false,
    visit: undefined,
    appointment: undefined,
    duplicate: undefined,
  };
}

/** Another place to live; patients move. */
export function inventAddress(random: Random): Address {
  return { street: `${between(random, 1, 999)} ${pick(random, streets)}`, ...pick(random, towns) };
}

/** A number that is kept for fiction. */
export function inventPhone(random: Random): string {
  return `(608)555-01${String(between(random, 0, 99)).padStart(2, "0")}`;
}

/** Of an adult: what else is invented, such as a marital status, would not fit a child. */
function inventBirthDate(random: Random): string {
  const year = Math.min(
    2005,
    Math.max(1930, Number(around(random, { middle: 1974, spread: 42, digits: 0 }))),
  );
  const month = String(between(random, 1, 12)).padStart(2, "0");
  const day = String(between(random, 1, 28)).padStart(2, "0");
  return `${year}${month}${day}`;
}

function initial(random: Random): string {
  return String.fromCharCode(65 + between(random, 0, 25));
}

function nonEmpty<T>(values: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = values;
  if (first === undefined) throw new RangeError("at least one is needed");
  return [first, ...rest];
}
