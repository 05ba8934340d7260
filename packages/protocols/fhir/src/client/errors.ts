import { type FailureClass, type TrestleError, defineErrors } from "@trestle/base";

/** What a failure is about, whoever's server it came from. */
export type FailureKind =
  | "auth"
  | "permission"
  | "validation"
  | "notFound"
  | "conflict"
  | "quota"
  | "timeOut"
  | "connection"
  | "server"
  | "answer";

interface Failure {
  readonly failure: FailureClass;
  readonly hint: string;
  readonly kind: FailureKind;
  /** Whether the client may wait and try again by itself. Only what is surely not accepted. */
  readonly isRetried?: true;
}

const failures = {
  tokenRefused: {
    kind: "auth",
    failure: "permanent",
    hint: "The server refuses a token that was just renewed. Check that it was issued for this FHIR address, and the server's clock.",
  },
  apiNotGranted: {
    kind: "permission",
    failure: "permanent",
    hint: "The token is good, but this application was not granted this interaction. Compare granted with needed scopes and APIs at this site.",
  },
  userNotPermitted: {
    kind: "permission",
    failure: "permanent",
    hint: "The user, or the application's background user, may not see or change this. Ask the site for the security that it needs.",
  },
  blocked: {
    kind: "permission",
    failure: "permanent",
    hint: "A firewall or proxy in front of the server refuses the request with a page of its own. Ask the site to let this address and path through.",
  },
  recordRestricted: {
    kind: "permission",
    failure: "permanent",
    hint: "The record is under special protection. Someone opens it in the hospital's own system; an application cannot.",
  },
  requestRefused: {
    kind: "validation",
    failure: "permanent",
    hint: "The server finds the request wrong: something in it is missing, unknown there, or of a value that it does not take. See what its CapabilityStatement says of the type.",
  },
  tooManyMatches: {
    kind: "validation",
    failure: "permanent",
    hint: "The server gives no list because too much matches. Search with more parameters.",
  },
  searchTooLong: {
    kind: "validation",
    failure: "permanent",
    hint: "The address would be longer than maxUrlBytes, and this server takes no search by POST. Split the search.",
  },
  badAddress: {
    kind: "validation",
    failure: "permanent",
    hint: "A type is a name of FHIR, and an id is neither empty nor a dot. Check where the reference came from.",
  },
  notSendable: {
    kind: "validation",
    failure: "permanent",
    hint: "Nothing was sent, since a header holds characters that HTTP does not allow. Look at the token, and at the dialect's headers.",
  },
  notFound: {
    kind: "notFound",
    failure: "permanent",
    hint: "Nothing has this id at this server. Ids differ by site and by version of FHIR.",
  },
  notServed: {
    kind: "notFound",
    failure: "permanent",
    hint: "A page came where FHIR was asked for: the server has no such type or operation, or baseUrl is wrong. Look into its CapabilityStatement.",
  },
  deleted: {
    kind: "notFound",
    failure: "permanent",
    hint: "The resource was deleted. Drop what is remembered of it.",
  },
  mergedAway: {
    kind: "notFound",
    failure: "permanent",
    hint: "The patient was merged into another, and the server does not say which. Search by an identifier, then set the alias.",
  },
  conflicting: {
    kind: "conflict",
    failure: "permanent",
    hint: "The resource changed meanwhile, or a condition does not hold. Read it again and decide anew.",
  },
  alreadyThere: {
    kind: "conflict",
    failure: "permanent",
    hint: "The server has this already and files no second one. Nothing needs to be sent.",
  },
  severalMatch: {
    kind: "conflict",
    failure: "permanent",
    hint: "More than one resource matches the condition, so none was created. Make the condition narrower, or clean up at the site.",
  },
  throttled: {
    kind: "quota",
    failure: "transient",
    isRetried: true,
    hint: "The server asks for fewer requests. Lower the throttle, maxConcurrent or the budget of this site.",
  },
  dailyQuotaSpent: {
    kind: "quota",
    failure: "transient",
    hint: "The server gives no more of this today. Go on tomorrow, or ask the site for a higher quota.",
  },
  budgetSpent: {
    kind: "quota",
    failure: "transient",
    hint: "The requests that this site's budget allows are used up. Go on later, or agree a higher budget with the site.",
  },
  queueFull: {
    kind: "quota",
    failure: "transient",
    hint: "More requests wait for this site than maxQueued allows, or for longer than maxQueueSeconds. Ask for less at a time.",
  },
  readTimedOut: {
    kind: "timeOut",
    failure: "transient",
    isRetried: true,
    hint: "The server did not answer in time. Ask for smaller pages, or raise answerTimeoutSeconds.",
  },
  writeTimedOut: {
    kind: "timeOut",
    failure: "ambiguous",
    hint: "No answer came in time, and the server may have filed it. Look before it is sent again.",
  },
  unsettled: {
    kind: "timeOut",
    failure: "ambiguous",
    hint: "It is not known whether the server filed this, and looking did not settle it. Someone at the site looks.",
  },
  notConnected: {
    kind: "connection",
    failure: "transient",
    isRetried: true,
    hint: "Nothing was sent, since no connection was made. Check address, port, name service and firewall.",
  },
  notTrusted: {
    kind: "connection",
    failure: "permanent",
    hint: "Nothing was sent, since the server's certificate is not good or TLS failed. Mend it, or name its authority in ca.",
  },
  readCut: {
    kind: "connection",
    failure: "transient",
    isRetried: true,
    hint: "The connection ended before the answer was whole. Look for a proxy that closes early.",
  },
  writeCut: {
    kind: "connection",
    failure: "ambiguous",
    hint: "The connection ended before the answer, and the server may have filed it. Look before it is sent again.",
  },
  clientClosed: {
    kind: "connection",
    failure: "transient",
    hint: "The client was closed before this request was sent. Open a new one.",
  },
  circuitOpen: {
    kind: "connection",
    failure: "transient",
    hint: "This site failed several times in a row and is left alone for a while. See the errors before this one.",
  },
  unavailable: {
    kind: "server",
    failure: "transient",
    isRetried: true,
    hint: "The server says that it is down for a while. Nothing was accepted.",
  },
  serverFailed: {
    kind: "server",
    failure: "transient",
    isRetried: true,
    hint: "The server failed while it answered. If it stays so, tell the site the time and the type.",
  },
  writeFailed: {
    kind: "server",
    failure: "ambiguous",
    hint: "The server failed and may have filed it all the same. Look before it is sent again.",
  },
  notFhir: {
    kind: "answer",
    failure: "permanent",
    hint: "The answer is not FHIR JSON: a proxy's or sign-in page, or nothing at all. Open the address by hand and see who answers.",
  },
  writeUnclear: {
    kind: "answer",
    failure: "ambiguous",
    hint: "The server said yes, but not in FHIR, so a proxy may have answered in its place. Look before it is sent again.",
  },
  xmlAnswer: {
    kind: "answer",
    failure: "permanent",
    hint: "The server answers XML though JSON was asked for. A proxy may drop the Accept header; ask the site to pass it on.",
  },
  answerTooLarge: {
    kind: "answer",
    failure: "permanent",
    hint: "The answer is larger than the limit. Ask for smaller pages, or raise the limit that the facts name.",
  },
  foreignAddress: {
    kind: "answer",
    failure: "permanent",
    hint: "The server points to another host, and the token is not sent there. If it is the site's own, add it to allowedOrigins.",
  },
  tooManyRedirects: {
    kind: "answer",
    failure: "permanent",
    hint: "The server sends from one address to the next without end. The site looks into its proxy, or its merged records.",
  },
  tooManyPages: {
    kind: "answer",
    failure: "permanent",
    hint: "The search has more pages than maxPages. Narrow it, or raise the limit.",
  },
  searchExpired: {
    kind: "answer",
    failure: "transient",
    hint: "The server forgot this search between two pages. Begin it again, and read its pages faster.",
  },
  exportGone: {
    kind: "notFound",
    failure: "permanent",
    hint: "The server does not know this export any more: files are kept for some days only. Start a new one.",
  },
  exportUnfinished: {
    kind: "timeOut",
    failure: "transient",
    hint: "The export was not ready within horizonHours. Go on with the same state later, or cancel it.",
  },
  badExportState: {
    kind: "validation",
    failure: "permanent",
    hint: "This is not the state of an export as the client gives it. Start the export anew.",
  },
} as const satisfies Readonly<Record<string, Failure>>;

/** Name of a failure, as it stands behind `fhir.` in the code of its error. */
export type FailureName = keyof typeof failures;

/** Every error of the client. Facts are types, statuses and codes; never ids, values or addresses. */
export const fhirErrors = defineErrors("fhir", failures);

/** What an error of the client is about; undefined for errors of others. */
export function kindOf(error: TrestleError): FailureKind | undefined {
  return failureOf(error)?.kind;
}

/** Whether the client may try again by itself. */
export function isRetried(error: TrestleError): boolean {
  return failureOf(error)?.isRetried === true;
}

function failureOf({ code }: TrestleError): Failure | undefined {
  if (!code.startsWith("fhir.")) return undefined;
  const table: Readonly<Record<string, Failure>> = failures;
  return table[code.slice("fhir.".length)];
}
