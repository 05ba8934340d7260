import { hubNow } from "./clock.ts";

/** `45 y`, `7 mo`, `12 d`; empty where the date is masked, unknown or ahead. */
export function ageText(birthDate: string): string {
  const born = Date.parse(birthDate);
  if (Number.isNaN(born)) return "";
  const days = Math.floor((hubNow() - born) / 86_400_000);
  if (days < 0) return "";
  if (days < 61) return `${days} d`;
  const months = monthsBetween(new Date(born), new Date(hubNow()));
  return months < 24 ? `${months} mo` : `${Math.floor(months / 12)} y`;
}

/** A letter for what FHIR spells out; as it is where it is masked or another. */
export function sexText(sex: string): string {
  return { female: "F", male: "M", other: "other", unknown: "unknown" }[sex] ?? sex;
}

function monthsBetween(from: Date, to: Date): number {
  const months =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months;
}
