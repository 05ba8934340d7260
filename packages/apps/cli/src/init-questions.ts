import type { AnswerName } from "@trestle/integration";

/** Answers as they were typed, those that are known so far. */
export type Typed = Readonly<Partial<Record<AnswerName, string>>>;

/** One thing that `trestle init` asks for. */
export interface Question {
  readonly name: AnswerName;
  readonly text: string;
  /** What an empty answer means; itself empty where there is nothing to propose. */
  readonly propose: (typed: Typed) => string;
  /** Whether it is asked at all, given what is known already; always where left out. */
  readonly isAsked?: (typed: Typed) => boolean;
  /** Whether it may stay without an answer. */
  readonly isOptional?: true;
}

/** What the questions are about. */
export interface Around {
  /** The new folder's own name. */
  readonly folderName: string;
  /** The time zone of this machine. */
  readonly timeZone: string;
  readonly dialects: readonly string[];
}

/** All questions, in the order in which they are asked. */
export function initQuestions({ folderName, timeZone, dialects }: Around): readonly Question[] {
  const hasFhir = ({ fhirBase }: Typed) => fhirBase !== undefined;
  return [
    { name: "title", text: "Name of your application", propose: () => titled(folderName) },
    {
      name: "webhook",
      text: "Address to which results are sent",
      // Where the sample application listens.
      propose: () => "http://127.0.0.1:8085/trestle",
    },
    { name: "siteTitle", text: "Name of the hospital", propose: () => "First hospital" },
    {
      name: "site",
      text: "Short name for it, in small letters",
      propose: ({ siteTitle = "" }) => shortened(siteTitle),
    },
    { name: "timeZone", text: "Its time zone", propose: () => timeZone },
    {
      name: "listenerPort",
      text: "Port on which its messages come in (MLLP)",
      propose: () => "2575",
    },
    {
      name: "httpPort",
      text: "Port of console and API",
      propose: () => "8080",
    },
    {
      name: "fhirBase",
      text: "Address of its FHIR R4 server; empty where there is none yet",
      propose: () => "",
      isOptional: true,
    },
    {
      name: "dialect",
      text: `Whose server it is: ${dialects.join(", ")}`,
      propose: () => "standard",
      isAsked: hasFhir,
    },
    {
      name: "clientId",
      text: "Id that the hospital gave your application there",
      propose: () => "",
      isAsked: hasFhir,
    },
  ];
}

/** `discharge-planner` as a person writes it. */
function titled(name: string): string {
  const words = name.replaceAll(/[-_.\s]+/gu, " ").trim();
  return words === "" ? "My application" : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** `Hôpital St. Anne` as a name: `hopital-st-anne`. */
function shortened(title: string): string {
  const letters = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const name = letters.replaceAll(/[^a-z0-9]+/gu, "-").replaceAll(/^[^a-z]+|-+$/gu, "");
  return name.slice(0, 40).replace(/-+$/u, "") || "first";
}
