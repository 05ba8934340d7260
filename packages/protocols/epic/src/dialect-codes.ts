import type { CodeMeaning } from "@trestle/fhir/client";

/**
 * What Epic's codes in an OperationOutcome mean for who asked. A code that is not here is judged by
 * the status and the type.
 *
 * 59109 and the like stand in good answers, where they remark, and in refused ones beside the issue
 * that decides.
 */
export const epicCodes: Readonly<Record<string, CodeMeaning>> = {
  4100: {
    error: "requestRefused",
    meaning: "A parameter is not valid here; most often nobody has this patient id at this site.",
  },
  4101: {
    notice: "noMatches",
    meaning:
      "Epic tells an empty search by this code and status 200. Patient is found by no single demographic: give an identifier, or family, given and birthdate.",
  },
  4102: { error: "notFound" },
  4103: { error: "deleted" },
  4107: { error: "mergedAway" },
  4110: { error: "requestRefused", meaning: "Epic searches this type by at least one parameter." },
  4111: {
    error: "requestRefused",
    meaning: "A parameter that Epic requires is missing, most often patient.",
  },
  4112: {
    error: "requestRefused",
    meaning:
      "The parameters contradict each other, such as patient and subject that name two people.",
  },
  4113: { error: "searchExpired" },
  4115: {
    error: "requestRefused",
    meaning:
      "Epic does not take this value of a required parameter. The notes of its CapabilityStatement say which it takes.",
  },
  4116: { error: "requestRefused" },
  4118: {
    error: "userNotPermitted",
    meaning:
      "The user, or the application's background user, lacks the security for this record; AllergyIntolerance answers so too where patient is missing.",
  },
  4119: {
    notice: "partialView",
    meaning:
      "Epic puts this on every search of a patient or proxy who signed in, also where nothing is left out.",
  },
  4122: {
    notice: "parameterIgnored",
    meaning:
      "Epic does not know a parameter and searched without it, so that more may be found than was meant.",
  },
  4127: {
    error: "tooManyMatches",
    meaning: "Epic lists no more than 100 patients. Add a birthdate, an address or an identifier.",
  },
  4130: {
    error: "recordRestricted",
    meaning: "Break-the-Glass: this application may not see the record at all.",
  },
  4131: {
    error: "recordRestricted",
    meaning:
      "Break-the-Glass: the record opens in Hyperspace to who gives a reason there; over FHIR it does not.",
  },
  4134: {
    notice: "recordRestricted",
    meaning: "Break-the-Glass: what is under protection is left out of this answer.",
  },
  4135: {
    error: "dailyQuotaSpent",
    meaning: "Epic limits how many documents an application asks for in a day.",
  },
  59008: { error: "notFound" },
  59011: { error: "severalMatch" },
  59012: { error: "requestRefused" },
  59013: { error: "requestRefused" },
  59100: {
    error: "requestRefused",
    notice: "parameterIgnored",
    meaning:
      "Epic does not know a parameter and left it out, so that more may be found than was meant. On many types it does so without a remark.",
  },
  59101: {
    error: "requestRefused",
    notice: "parameterIgnored",
    meaning:
      "Epic does not know the value of an optional parameter and searched without it, so that more may be found than was meant.",
  },
  59102: {
    error: "requestRefused",
    meaning: "Most often an id of no patient at this site, or of another type.",
  },
  59105: { error: "requestRefused" },
  59108: {
    error: "requestRefused",
    meaning:
      "A parameter that Epic requires is missing: Observation wants a code or category beside patient, CarePlan a category, DocumentReference and Procedure a patient.",
  },
  59109: {
    error: "requestRefused",
    notice: "parameterIgnored",
    meaning: "Epic does not take the value of a parameter that may be left out.",
  },
  59111: {
    error: "requestRefused",
    meaning:
      "Epic does not take this value of a required parameter. The notes of its CapabilityStatement say which it takes.",
  },
  // Too many results or too few elements: either way the answer is not the whole one.
  59133: {
    notice: "moreMatches",
    meaning:
      "More than 100 resources match, or too few parameters were given. The pages behind this one hold what Epic gives of them.",
  },
  59134: { error: "requestRefused" },
  // Every refusal to begin an export has this code. That the group was exported too recently, as a
  // rule within a day, is over by itself; the others are not.
  59136: {
    error: "requestRefused",
    errorBy: { words: /too recently/u, error: "dailyQuotaSpent" },
  },
  59138: { error: "requestRefused" },
  59141: { error: "alreadyThere" },
  59144: { error: "notFound" },
  59159: {
    error: "requestRefused",
    meaning:
      "A rule of Epic's for this type: Patient wants an identifier, _id or several demographics; Condition, DiagnosticReport, Encounter, Immunization and MedicationRequest want a patient.",
  },
  59176: { error: "notFound" },
  59187: { error: "requestRefused" },
  59188: { error: "requestRefused" },
  // Failed to file the reading, because it is there: the one create that notices a replay.
  59189: { error: "alreadyThere" },
  59204: {
    error: "apiNotGranted",
    notice: "applicationLacksAccess",
    meaning:
      "Epic grants APIs by name, such as Observation.Search (Labs), not resource types. The one behind this part is not on the application's record at this site.",
  },
  59205: {
    error: "userNotPermitted",
    notice: "userLacksAccess",
    meaning:
      "The API is granted, but the security of the user, or of the application's background user, does not reach this part.",
  },
};
