import type { CodeMeaning } from "@trestle/fhir/client";

/**
 * What Epic's codes in an OperationOutcome mean for who asked. A code that is not here is judged by
 * the status and the type.
 *
 * 59109 and the like stand in good answers, where they remark, and in refused ones beside the issue
 * that decides.
 */
export const epicCodes: Readonly<Record<string, CodeMeaning>> = {
  4100: { error: "requestRefused" },
  4101: { notice: "noMatches" },
  4102: { error: "notFound" },
  4103: { error: "deleted" },
  4107: { error: "mergedAway" },
  4110: { error: "requestRefused" },
  4111: { error: "requestRefused" },
  4112: { error: "requestRefused" },
  4113: { error: "searchExpired" },
  4115: { error: "requestRefused" },
  4116: { error: "requestRefused" },
  4118: { error: "userNotPermitted" },
  4119: { notice: "partialView" },
  4122: { notice: "parameterIgnored" },
  4127: { error: "tooManyMatches" },
  4130: { error: "recordRestricted" },
  4131: { error: "recordRestricted" },
  4134: { notice: "recordRestricted" },
  4135: { error: "dailyQuotaSpent" },
  59008: { error: "notFound" },
  59011: { error: "severalMatch" },
  59012: { error: "requestRefused" },
  59013: { error: "requestRefused" },
  59100: { error: "requestRefused", notice: "parameterIgnored" },
  59101: { error: "requestRefused", notice: "parameterIgnored" },
  59102: { error: "requestRefused" },
  59105: { error: "requestRefused" },
  59108: { error: "requestRefused" },
  59109: { error: "requestRefused", notice: "parameterIgnored" },
  59111: { error: "requestRefused" },
  // Too many results or too few elements: either way the answer is not the whole one.
  59133: { notice: "moreMatches" },
  59141: { error: "alreadyThere" },
  59144: { error: "notFound" },
  59159: { error: "requestRefused" },
  // Failed to file the reading, because it is there: the one create that notices a replay.
  59189: { error: "alreadyThere" },
  59204: { error: "apiNotGranted", notice: "applicationLacksAccess" },
  59205: { error: "userNotPermitted", notice: "userLacksAccess" },
};
