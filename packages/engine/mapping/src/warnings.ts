import type { Problem } from "@trestle/base";

/** What a mapping tells about a message it could map only in part. None holds patient data. */
export const warnings = {
  unmappedCode: ({ table, code, at }: { table: string; code: string; at: string }): Problem => ({
    code: "mapping.unmappedCode",
    text: `The code ${shown(code)} of ${at} has no row in the table ${table}.`,
    hint: `Add a row for it to tables/${table}.csv of the site, or one that is not mapped on purpose.`,
    at,
  }),
  heldCode: ({ table, code, at }: { table: string; code: string; at: string }): Problem => ({
    code: "mapping.heldCode",
    text: `The code ${shown(code)} of ${at} has no row in the table ${table}, so the message is held.`,
    hint: `Add a row for it to tables/${table}.csv of the site; what waits then goes on by itself.`,
    at,
  }),
  mappedByDefault: (facts: { table: string; code: string; by: string; at: string }): Problem => ({
    code: "mapping.mappedByDefault",
    text: `The code ${shown(facts.code)} of ${facts.at} has no row in the table ${facts.table}; its default ${facts.by} stands in.`,
    hint: `Add a row for it to tables/${facts.table}.csv of the site.`,
    at: facts.at,
  }),
  unmappedIdentifier: ({ authority, at }: { authority: string; at: string }): Problem => ({
    code: "mapping.unmappedIdentifier",
    text: `The assigning authority ${shown(authority)} of ${at} has no row in the table identifiers.`,
    hint: "Add a row with its system to tables/identifiers.csv of the site; rank it by its place there.",
    at,
  }),
  heldIdentifier: ({ authority, at }: { authority: string; at: string }): Problem => ({
    code: "mapping.heldCode",
    text: `The assigning authority ${shown(authority)} of ${at} has no row in the table identifiers, so the message is held.`,
    hint: "Add a row with its system to tables/identifiers.csv of the site; what waits then goes on by itself.",
    at,
  }),
  badTime: (at: string): Problem => ({
    code: "mapping.badTime",
    text: `${at} is not a date or time that exists.`,
    hint: "Left out. Ask the sender's owner to write YYYYMMDDHHMMSS.",
    at,
  }),
  coarseTime: (at: string): Problem => ({
    code: "mapping.coarseTime",
    text: `${at} names a day where the result needs a time of day.`,
    hint: "Left out. Ask the sender's owner to send the time too.",
    at,
  }),
  badNumber: (at: string): Problem => ({
    code: "mapping.badNumber",
    text: `${at} should be a number and is none.`,
    hint: "Kept as text where the result has room for it. Ask the sender's owner to correct the type.",
    at,
  }),
  badDuration: (at: string): Problem => ({
    code: "mapping.badDuration",
    text: `${at} should be an amount of time and has no number or no unit of time.`,
    hint: "Left out. Ask the sender's owner to correct it, or add its unit to tables/time-units.csv of the site.",
    at,
  }),
  badContent: (at: string): Problem => ({
    code: "mapping.badContent",
    text: `${at} does not hold the encoded content that it announces.`,
    hint: "Left out. Ask the sender's owner to send Base64.",
    at,
  }),
  withdrawn: (at: string): Problem => ({
    code: "mapping.withdrawn",
    text: `${at} was taken back by its status in OBX-11, while the rest of the document stands.`,
    hint: "Left out. Where the whole document is wrong, ask the sender's owner to cancel it.",
    at,
  }),
  unknownValueType: (at: string): Problem => ({
    code: "mapping.unknownValueType",
    text: `${at} names no value type that is known here.`,
    hint: "The value was kept as a number or as text. Ask the sender's owner to fill OBX-2.",
    at,
  }),
  valueNotMapped: (at: string): Problem => ({
    code: "mapping.valueNotMapped",
    text: `${at} holds content that needs a report or a document around it.`,
    hint: "Left out. Ask the sender's owner to send it below an OBR with an order number.",
    at,
  }),
  noIdentifier: ({ type, at }: { type: string; at: string }): Problem => ({
    code: "mapping.noIdentifier",
    text: `Nothing in the message identifies the ${type} of ${at}.`,
    hint: "Its id was made from the control id, so a later message cannot update it.",
    at,
  }),
  incomplete: (facts: { type: string; element: string; at: string }): Problem => ({
    code: "mapping.incomplete",
    text: `${facts.at} gives no ${facts.element}, which a ${facts.type} needs.`,
    hint: `The ${facts.type} was left out. Ask the sender's owner to fill the field.`,
    at: facts.at,
  }),
  orderWithoutContent: (at: string): Problem => ({
    code: "mapping.orderWithoutContent",
    text: `${at} names an order, and nothing says what was ordered.`,
    hint: "What the record knows of the order stays. Ask the sender's owner to send OBR-4 each time.",
    at,
  }),
  sharedNumber: (what: string, at: string): Problem => ({
    code: "mapping.sharedNumber",
    text: `${at} has a number that the message gives to several ${what}.`,
    hint: "Each is kept apart. Ask for a number for each: a later message about one alone cannot be told to be about it.",
    at,
  }),
  toldAgain: ({ type, at }: { type: string; at: string }): Problem => ({
    code: "mapping.toldAgain",
    text: `${at} tells of the ${type} of an earlier segment again, in other words.`,
    hint: "The first counts; of the second only what identifies it was added. Ask the sender's owner to tell of each once.",
    at,
  }),
  contradicts: (facts: { type: string; elements: string; at: string }): Problem => ({
    code: "mapping.contradicts",
    text: `${facts.at} says another ${facts.elements} of a ${facts.type} than an earlier segment does.`,
    hint: "The first counts. Ask the sender's owner which is true.",
    at: facts.at,
  }),
  parentResultNotFound: (at: string): Problem => ({
    code: "mapping.parentResultNotFound",
    text: `${at} says which result its order was made for, and no result of this message, or more than one, is that.`,
    hint: "The results below it stand alone. Ask the sender's owner to send both in one message.",
    at,
  }),
  orderNotMapped: (at: string): Problem => ({
    code: "mapping.orderNotMapped",
    text: `${at} is of an order that has no number, and that tells of nothing that can be kept.`,
    hint: "Left out. Ask the sender's owner to send ORC-2 or ORC-3.",
    at,
  }),
  orderNumbersDiffer: ({ at, from }: { at: string; from: string }): Problem => ({
    code: "mapping.orderNumbersDiffer",
    text: `${at} names the order by another number than ${from} does.`,
    hint: "The number in ORC counts. Ask the sender's owner to send the same in both.",
    at,
  }),
  typeNotMapped: (type: string): Problem => ({
    code: "mapping.typeNotMapped",
    text: `Messages of type ${shown(type)} are not mapped; only the segments known by themselves were.`,
    hint: "Leave this type out of the interface, or ask for its mapping.",
    at: "MSH-9",
  }),
  mergeNotMapped: (at: string): Problem => ({
    code: "mapping.mergeNotMapped",
    text: `${at} stands in an event that moves something or changes a number.`,
    hint: "Ignored. Ask the sender's owner to send A40 for merged patients, A35 for merged accounts.",
    at,
  }),
  noCharge: (at: string): Problem => ({
    code: "mapping.noCharge",
    text: `${at} is a payment or an adjustment and no charge.`,
    hint: "Left out. Where it is a charge all the same, map its FT1-6 in tables/charge-status.csv.",
    at,
  }),
  forbiddenCharacter: (at: string): Problem => ({
    code: "mapping.forbiddenCharacter",
    text: `${at} holds a control character that FHIR does not allow.`,
    hint: "Replaced by U+FFFD. Ask the sender's owner to leave it out.",
    at,
  }),
  unknownAction: ({ code, at }: { code: string; at: string }): Problem => ({
    code: "mapping.unknownAction",
    text: `${at} says ${shown(code)}, which HL7 table 0206 does not have.`,
    hint: "Taken as an update. Ask the sender's owner to send A, U, D or X.",
    at,
  }),
  nullKept: (fields: readonly string[], at: string): Problem => ({
    code: "mapping.nullKept",
    text: `${listed(fields)} asked to delete a value (""); what was known before stays.`,
    hint: "Correct the value where it is shown, or ask the sender's owner to send what is true now.",
    at,
  }),
  lookedNoFurther: (at: string, maxMappings: number): Problem => ({
    code: "mapping.lookedNoFurther",
    text: `Nothing from ${at} on was looked at: the message was mapped anew ${maxMappings} times before.`,
    hint: "Raise maxMappings (--max-mappings); twice as many fields take four times as long.",
    at,
  }),
  lookedNoLonger: (at: string, mappings: number): Problem => ({
    code: "mapping.lookedNoLonger",
    text: `Nothing from ${at} on was looked at: its time was over when the message was mapped anew ${mappings} times.`,
    hint: "Give it more time; twice as many fields take four times as long.",
    at,
  }),
  roleKept: (at: string): Problem => ({
    code: "mapping.roleKept",
    text: `${at} takes somebody out of a role, and nobody else is named; who was known before stays.`,
    hint: "Correct it where it is shown, or ask the sender's owner to send who is in the role now.",
    at,
  }),
  severalPatients: (at: string): Problem => ({
    code: "mapping.severalPatients",
    text: `${at} begins another patient in the same message.`,
    hint: "All were mapped and are in the record, but the message is listed under the first. Ask for one patient a message.",
    at,
  }),
} as const;

/** The first few of many. */
function listed(fields: readonly string[]): string {
  const shownFields = fields.slice(0, 8).join(", ");
  return fields.length > 8 ? `${shownFields} and ${fields.length - 8} more` : shownFields;
}

function shown(code: string): string {
  return plainCode(code) === "" ? "(not shown)" : `“${code}”`;
}

/** A code, or nothing: codes are short and plain; anything else might be a name in the wrong field. */
export function plainCode(code: string): string {
  return /^[\w ./^&+-]{1,24}$/u.test(code) ? code : "";
}
