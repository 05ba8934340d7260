import type { Problem } from "@trestle/base";

/** What keeps a message from leaving, or is told about one that leaves. None holds patient data. */
export const problems = {
  noResource: ({ kind, type }: { kind: string; type: string }): Problem => ({
    code: "mapping.noResource",
    text: `${kind} is made of a ${type}, and the bundle holds none.`,
    hint: `Add the ${type}, or choose another kind of message.`,
    at: "entry",
  }),
  severalResources: ({ kind, type, at }: { kind: string; type: string; at: string }): Problem => ({
    code: "mapping.severalResources",
    text: `${kind} is about one ${type}, and the bundle holds several.`,
    hint: "Compose a message for each.",
    at,
  }),
  otherPatient: (at: string): Problem => ({
    code: "mapping.otherPatient",
    text: `${at} is about another patient than the message.`,
    hint: "Compose a message for each patient.",
    at,
  }),
  otherVisit: (at: string): Problem => ({
    code: "mapping.otherVisit",
    text: `${at} names another visit or account than the message has.`,
    hint: "Compose a message for each visit and account.",
    at,
  }),
  kindDoesNotFit: (facts: { kind: string; status: string; at: string }): Problem => ({
    code: "mapping.kindDoesNotFit",
    text: `The status ${shown(facts.status)} cannot go out as ${facts.kind}.`,
    hint: "Choose the event that fits, name the change, or correct the status.",
    at: facts.at,
  }),
  intentIsNoOrder: ({ intent, at }: { intent: string; at: string }): Problem => ({
    code: "mapping.intentIsNoOrder",
    text: `The intent ${shown(intent)} asks nobody to act, and ORM^O01 would.`,
    hint: "Compose it when its intent is order, or leave it out of the bundle.",
    at,
  }),
  prohibition: (at: string): Problem => ({
    code: "mapping.prohibition",
    text: `${at} says that this must not be done, and ORM^O01 would order it.`,
    hint: "Leave it out: no order of HL7 v2 forbids. An order that was sent is revoked.",
    at,
  }),
  unknownModifier: (at: string): Problem => ({
    code: "mapping.unknownModifier",
    text: `${at} changes the meaning of what it stands in, and no row carries it.`,
    hint: "Remove it if the message says the same without it; else tell it another way.",
    at,
  }),
  unlistedCode: ({ table, code, at }: { table: string; code: string; at: string }): Problem => ({
    code: "mapping.unlistedCode",
    text: `No local code of the table ${table} means ${shown(code)}.`,
    hint: `Add a row with this code to tables/${table}.csv of the site.`,
    at,
  }),
  proposedCode: ({ row, at }: { row: string; at: string }): Problem => ({
    code: "mapping.proposedCode",
    text: `The local code of ${shown(row)} is only proposed.`,
    hint: "Sent. Have the row looked at, and set its status to mapped.",
    at,
  }),
  severalLocalCodes: (facts: { row: string; count: number; at: string }): Problem => ({
    code: "mapping.severalLocalCodes",
    text: `${facts.count} local codes mean the same; ${shown(facts.row)} is the first that is mapped.`,
    hint: "Put the code that the site wants to receive first in its table.",
    at: facts.at,
  }),
  unknownCodeSystem: (at: string): Problem => ({
    code: "mapping.unknownCodeSystem",
    text: `${at} names a code system that has no row in the table code-systems.`,
    hint: "Left out. Add a row with its system to tables/code-systems.csv of the site.",
    at,
  }),
  unknownIdentifierSystem: (at: string): Problem => ({
    code: "mapping.unknownIdentifierSystem",
    text: `${at} is an identifier whose system has no row in the table identifiers.`,
    hint: "Left out. Add a row with its system to tables/identifiers.csv of the site.",
    at,
  }),
  badTime: (at: string): Problem => ({
    code: "mapping.badTime",
    text: `${at} is not a FHIR date or time that exists.`,
    hint: "Correct it: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss with an offset.",
    at,
  }),
  cutFraction: (at: string): Problem => ({
    code: "mapping.cutFraction",
    text: `${at} is finer than a tenth of a millisecond.`,
    hint: "Cut to four digits behind the second, which is all that HL7 has.",
    at,
  }),
  badContent: (at: string): Problem => ({
    code: "mapping.badContent",
    text: `${at} does not hold the content that it announces.`,
    hint: "Correct it: Base64 without line breaks, and text in the character set of its type.",
    at,
  }),
  contentNotHere: (at: string): Problem => ({
    code: "mapping.contentNotHere",
    text: `${at} has neither content nor an address that can be sent.`,
    hint: "Put the content into data, or add the Binary it points to to the bundle.",
    at,
  }),
  valueNotCarried: (at: string): Problem => ({
    code: "mapping.valueNotCarried",
    text: `${at} is a kind of value that HL7 v2 results cannot carry here.`,
    hint: "Give the value as a quantity, a code, a text, a time or a range.",
    at,
  }),
  noValue: (at: string): Problem => ({
    code: "mapping.noValue",
    text: `${at} is of a result that has neither a value nor a reason for having none.`,
    hint: "Give the value, or say in dataAbsentReason why there is none.",
    at,
  }),
  severalValues: ({ row, at }: { row: string; at: string }): Problem => ({
    code: "mapping.severalValues",
    text: `The row ${row} takes one value; ${at} is a further one.`,
    hint: "Left out. Put the value that matters first.",
    at,
  }),
  severalNumbers: (at: string): Problem => ({
    code: "mapping.severalNumbers",
    text: `${at} has several numbers, and the field takes one for each person.`,
    hint: "The first was sent. Put the number that the receiver knows first.",
    at,
  }),
  nameNotSplit: (at: string): Problem => ({
    code: "mapping.nameNotSplit",
    text: `${at} is a name in one piece.`,
    hint: "Sent as the family name. Give family and given, or add the Practitioner to the bundle.",
    at,
  }),
  referenceNotHere: (at: string): Problem => ({
    code: "mapping.referenceNotHere",
    text: `${at} refers to something that is not in the bundle.`,
    hint: "Left out. Add the resource to the bundle, or an identifier to the reference.",
    at,
  }),
  resultNotHere: (at: string): Problem => ({
    code: "mapping.resultNotHere",
    text: `${at} names a result that is not in the bundle.`,
    hint: "Add the Observation: a report must not leave without one of its results.",
    at,
  }),
  controlCharacter: (at: string): Problem => ({
    code: "mapping.controlCharacter",
    text: `${at} held a character that no HL7 message may hold.`,
    hint: "A blank stands in its place. Correct the text where it comes from.",
    at,
  }),
  textTooLong: (facts: { at: string; characters: number; limit: number }): Problem => ({
    code: "mapping.textTooLong",
    text: `${facts.at} would hold ${facts.characters} characters; the limit is ${facts.limit}.`,
    hint: "Shorten it, or raise the composer's limit if the site takes more.",
    at: facts.at,
  }),
  tooManySegments: ({ limit }: { limit: number }): Problem => ({
    code: "mapping.tooManySegments",
    text: `The message would have more than ${limit} segments.`,
    hint: "Compose several messages, or raise the composer's limit.",
  }),
  missingField: ({ kind, field }: { kind: string; field: string }): Problem => ({
    code: "mapping.missingField",
    text: `${field} is empty, and ${kind} must not leave without it.`,
    hint: "Fill the element that it is made of; a further problem may say why it was left out.",
    at: field,
  }),
  missingSegment: ({ kind, segment }: { kind: string; segment: string }): Problem => ({
    code: "mapping.missingSegment",
    text: `There is no ${segment}, and ${kind} must not leave without it.`,
    hint: "Add what the segment is made of to the bundle.",
    at: segment,
  }),
  notABundle: (at?: string): Problem => ({
    code: "mapping.notABundle",
    text: "This is no FHIR bundle in JSON.",
    hint: 'Give one JSON object whose resourceType is "Bundle".',
    ...(at !== undefined && { at }),
  }),
} as const;

/** Codes are short and plain; anything else might be a name in the wrong element. */
function shown(code: string): string {
  return /^[\w ./:^&+%-]{1,60}$/u.test(code) ? `“${code}”` : "(not shown)";
}
