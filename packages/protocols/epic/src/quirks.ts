/** Something that Epic's installations do otherwise than a reader would expect. */
export interface EpicQuirk {
  /** What is seen. */
  readonly what: string;
  /** What it does to who reads, and what helps. */
  readonly effect: string;
  /**
   * Who acts on it. `dialect`: the client does, unless a site says that it is not so there;
   * `answers`: each answer about the types it concerns says what may be missing; `client`: the client
   * always does what this takes; `person`: nobody else can.
   */
  readonly actedOnBy: "dialect" | "answers" | "client" | "person";
  /** Resource types of which searches leave something out because of it. */
  readonly concerns?: readonly string[];
}

/**
 * What has been seen at Epic sites, by name. A site's configuration names those that it has, with
 * day and evidence; in what all installations differ is the dialect.
 */
export const epicQuirks: ReadonlyMap<string, EpicQuirk> = new Map(
  Object.entries({
    "break-the-glass": {
      what: "Restricted patients are refused with 4130 or 4131, or come in part with 4134; often only in production.",
      effect: "An application cannot lift the restriction. Such patients are missing, not empty.",
      actedOnBy: "client",
    },
    "care-team-without-inpatient": {
      what: "CareTeam leaves out who treats a patient during a stay.",
      effect: "Take the treating team from encounters or from PV1 of the feed.",
      actedOnBy: "answers",
      concerns: ["CareTeam"],
    },
    "content-in-binary-alone": {
      what: "A DocumentReference has no content of its own; the text is behind a Binary, which may be refused apart.",
      effect: "Each note costs a second request, and a note may be listed and yet not readable.",
      actedOnBy: "person",
    },
    "document-quota": {
      what: "After a number of document queries in a day each further one is refused with 4135; only in production.",
      effect: "Documents have to be spread over days, or come by the feed.",
      actedOnBy: "client",
    },
    "empty-answer-hides-refusal": {
      what: "A search answers 200 with no entries and a warning where the client or the user lacks a right.",
      effect: "Nothing found is not proof that nothing is there. The warning becomes a notice.",
      actedOnBy: "client",
    },
    "html-error-pages": {
      what: "Errors come as HTML pages of the web server in place of an OperationOutcome.",
      effect: "The reason is not told; status and address are all there is to go by.",
      actedOnBy: "client",
    },
    "identifiers-without-type-text": {
      what: "The type text of the medical record number differs from site to site.",
      effect: "Choose the number by its system, which stands under identifiers.",
      actedOnBy: "person",
    },
    "ids-differ-by-version": {
      what: "The same patient has other ids in DSTU2 than in STU3 and R4, and at each site.",
      effect: "An id is good at one site and in one version alone.",
      actedOnBy: "person",
    },
    "local-addresses-refused": {
      what: "A firewall in front of the server rejects requests in which localhost is named.",
      effect: "Try things out with a name of its own that leads to this machine.",
      actedOnBy: "person",
    },
    "members-not-searched": {
      what: "Observations that are members of others are in no search and no export.",
      effect: "Follow hasMember and DiagnosticReport.result.",
      actedOnBy: "answers",
      concerns: ["Observation"],
    },
    "merged-patients-redirect": {
      what: "Reading a patient who was merged leads on to the surviving one (4107).",
      effect: "Both ids stand for one patient. The client remembers the old id as an alias.",
      actedOnBy: "client",
    },
    "new-clients-are-slow": {
      what: "A client's changes take from an hour to days to arrive; until then it is told invalid_client.",
      effect: "Plan a business day between registration and the first sign-in.",
      actedOnBy: "person",
    },
    "no-last-updated": {
      what: "Resources have no meta.lastUpdated, and searches do not take it.",
      effect: "Changes cannot be asked for. Compare what was read, by date, or take the feed.",
      actedOnBy: "person",
    },
    "oauth-on-another-path": {
      what: "The addresses for signing in lie on another path or host than the FHIR server.",
      effect: "Take them from discovery; none can be guessed from baseUrl.",
      actedOnBy: "client",
    },
    "observations-need-a-category": {
      what: "Observation is searched by code or category alone, and one category may be refused.",
      effect: "A search is cut into one for each category; a refused one becomes a notice.",
      actedOnBy: "dialect",
    },
    "offline-access-not-named": {
      what: "The scopes that are granted leave out offline_access, though a refresh token comes.",
      effect: "Go by the token, not by the scope.",
      actedOnBy: "client",
    },
    "order-ids-by-system": {
      what: "Orders carry the placer's number with the authority EPC, and laboratories their own authority.",
      effect: "Map each authority by a row of tables/identifiers.csv.",
      actedOnBy: "person",
    },
    "own-segments": {
      what: "Messages hold Z segments whose content the site decides.",
      effect: "Tell in overlay.yaml what they mean, or that nobody needs them.",
      actedOnBy: "person",
    },
    "post-search-refused": {
      what: "Before the release of February 2026 searches by POST fail for some types, and long addresses are refused too.",
      effect: "Searches go by GET; very long ones have to be cut.",
      actedOnBy: "dialect",
    },
    "registration-of-copies-fails": {
      what: "Registering a copy of an application is refused with invalid_grant or invalid_request, without a reason.",
      effect: "Patients sign in anew where a refresh would have done.",
      actedOnBy: "person",
    },
    "repeats-are-filed-twice": {
      what: "A resource that is created twice is filed twice without a word, except vital signs.",
      effect: "A write whose end is unknown is not repeated without looking.",
      actedOnBy: "dialect",
    },
    "static-keys-refused": {
      what: "Keys that were uploaded are not taken any more, only those behind an address.",
      effect: "Publish the key set and have its address registered.",
      actedOnBy: "person",
    },
    "tokens-of-any-form": {
      what: "Tokens and codes are long JWTs at one site and opaque at another.",
      effect: "They are passed on as they are; nothing may limit or read them.",
      actedOnBy: "client",
    },
    "totals-of-the-page": {
      what: "Bundle.total counts the matches of one page.",
      effect: "How many there are is known when the last page was read.",
      actedOnBy: "dialect",
    },
    "words-in-place-of-codes": {
      what: "Race, language, marital status and others come as words where HL7 has codes.",
      effect: "Map the words by rows of the site's tables.",
      actedOnBy: "person",
    },
    "writes-wait-for-a-person": {
      what: "What is created waits until somebody files it, and no search finds it before.",
      effect: "Reading back what was written proves nothing.",
      actedOnBy: "dialect",
    },
    "xml-unless-asked": {
      what: "Without an Accept header that names JSON the answer is XML, with status 200.",
      effect: "The client always asks for JSON; others must too.",
      actedOnBy: "client",
    },
  } satisfies Record<string, EpicQuirk>),
);
