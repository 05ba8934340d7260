import type { FhirResource } from "@trestle/fhir";

/** What a client can do with a type. Nothing can be deleted, patched or read in an older version. */
export type Interaction = "create" | "read" | "update" | "search-type";

export type ResourceType = FhirResource["resourceType"];

/** A type of FHIR resources as the hospital offers it in its newest release. */
export interface OfferedType {
  readonly type: ResourceType;
  readonly interactions: readonly Interaction[];
  /** Search parameters by which matches are found. `_count` and `_id` come on top. */
  readonly native: readonly string[];
  /**
   * Search parameters that only thin out a page of what the native ones found, so that a page may
   * hold fewer than asked for, and still have a next one.
   */
  readonly postFiltered: readonly string[];
  /** Of each group at least one parameter is needed, unless `_id` is given. */
  readonly needs: readonly (readonly string[])[];
}

/**
 * The type of this name; undefined where the hospital knows none.
 *
 * @param type Such as `Observation`; case counts.
 */
export function offeredType(type: string): OfferedType | undefined {
  return byName.get(type);
}

interface Parameters {
  readonly native?: string;
  readonly postFiltered?: string;
  readonly needs?: readonly string[];
}

/** @param letters C create, R read, U update, S search. Names stand in one string, with blanks. */
function row(type: ResourceType, letters: string, parameters: Parameters = {}): OfferedType {
  return {
    type,
    interactions: Array.from(letters, (letter) => interactionOf[letter] ?? "read"),
    native: words(parameters.native),
    postFiltered: words(parameters.postFiltered),
    needs: (parameters.needs ?? []).map(words),
  };
}

function words(text = ""): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

const interactionOf: Readonly<Record<string, Interaction>> = {
  C: "create",
  R: "read",
  U: "update",
  S: "search-type",
};

const aPatient = "patient subject";

/**
 * Every type, as the capability statement of May 2026 lists them. That parameters are post-filtered
 * is inferred: the statement lists them last and says nothing about them.
 */
export const offeredTypes: readonly OfferedType[] = [
  row("Account", "RS"),
  row("AdverseEvent", "RS", {
    native: "research-subject seriousness study subject",
    postFiltered:
      "actuality category date event location recorder resultingcondition severity substance",
  }),
  row("AllergyIntolerance", "CRS", {
    native: "clinical-status patient",
    postFiltered:
      "asserter category code criticality date identifier last-date manifestation onset recorder route severity type verification-status",
    needs: ["patient"],
  }),
  row("Appointment", "RS", {
    native: "date identifier onlyscannable patient service-category status",
    postFiltered:
      "actor appointment-type based-on location part-status practitioner reason-code reason-reference service-type slot specialty supporting-info",
    needs: ["patient"],
  }),
  row("Binary", "RS"),
  row("BodyStructure", "CRUS", {
    native: "identifier location morphology patient subject",
    needs: [aPatient],
  }),
  row("CarePlan", "RS", {
    native: "activity-date category encounter part-of patient status subject",
    postFiltered:
      "activity-code activity-reference based-on care-team condition date goal identifier instantiates-canonical intent performer replaces",
    needs: [aPatient, "category"],
  }),
  row("CareTeam", "RS", {
    native: "patient status subject",
    postFiltered: "category date encounter identifier participant",
    needs: [aPatient],
  }),
  row("Claim", "RS"),
  row("Communication", "CRS", {
    native: "based-on category encounter part-of patient subject",
    postFiltered: "identifier instantiates-canonical medium received recipient sender sent status",
    needs: [aPatient],
  }),
  row("ConceptMap", "CR"),
  row("Condition", "CRS", {
    native:
      "abatement-date category clinical-status code encounter onset-date patient recorded-date subject",
    postFiltered:
      "abatement-string asserter body-site evidence evidence-detail identifier onset-info severity stage verification-status",
    needs: [aPatient],
  }),
  row("Consent", "RS", {
    native: "category patient status subject",
    postFiltered:
      "action actor consentor data date identifier organization period purpose scope security-label source-reference",
    needs: [aPatient],
  }),
  row("Contract", "RS"),
  row("Coverage", "RS", {
    native: "beneficiary patient",
    postFiltered:
      "class-type class-value dependent identifier payor policy-holder status subscriber type",
    needs: ["patient beneficiary"],
  }),
  row("Device", "RS", {
    native: "device-name manufacturer model patient udi-carrier udi-di",
    postFiltered: "identifier location organization status type",
    needs: ["patient"],
  }),
  row("DeviceRequest", "RS", {
    native: "patient status",
    postFiltered:
      "authored-on based-on code device encounter event-date group-identifier identifier instantiates-canonical insurance intent performer prior-request requester subject",
    needs: ["patient"],
  }),
  row("DeviceUseStatement", "RS", {
    native: "patient subject",
    postFiltered: "device identifier",
    needs: [aPatient],
  }),
  row("DiagnosticReport", "RUS", {
    native: "category code date identifier patient subject",
    postFiltered:
      "based-on conclusion encounter issued media performer result results-interpreter specimen status",
    needs: [aPatient],
  }),
  row("DocumentReference", "CRUS", {
    native: "author category date docstatus encounter patient period status subject type",
    postFiltered:
      "_lastupdated authenticator contenttype custodian description event facility format identifier language related relatesto relation security-label setting",
    needs: [aPatient],
  }),
  row("Encounter", "RS", {
    native: "class date identifier onlyscannable patient subject",
    postFiltered:
      "account appointment based-on diagnosis episode-of-care location location-period part-of participant participant-type practitioner reason-code reason-reference service-provider special-arrangement status type",
    needs: [aPatient],
  }),
  row("Endpoint", "RS"),
  row("EpisodeOfCare", "RS", {
    native: "patient status type",
    postFiltered: "care-manager condition date identifier incoming-referral organization",
    needs: ["patient"],
  }),
  row("ExplanationOfBenefit", "RS", {
    native:
      "billable-period-start created identifier patient service-date service-start-date type use",
    postFiltered:
      "care-team claim coverage detail-udi disposition encounter enterer facility item-udi payee procedure-udi provider status subdetail-udi",
    needs: ["patient"],
  }),
  row("FamilyMemberHistory", "RS", {
    native: "patient",
    postFiltered: "code date identifier instantiates-canonical relationship sex status",
    needs: ["patient"],
  }),
  row("Flag", "RS", {
    native: "category encounter patient status subject",
    postFiltered: "author date identifier",
    needs: [aPatient],
  }),
  row("Goal", "RS", {
    native: "category lifecycle-status patient start-date subject",
    postFiltered: "achievement-status identifier target-date",
    needs: [aPatient],
  }),
  row("Group", "RS"),
  row("ImagingStudy", "RS", {
    native: "identifier patient subject",
    postFiltered:
      "basedon bodysite dicom-class encounter endpoint instance interpreter modality performer reason referrer series started status",
    needs: [aPatient],
  }),
  row("Immunization", "RS", {
    native: "date patient status",
    postFiltered:
      "identifier location lot-number manufacturer performer reaction reaction-date reason-code reason-reference series status-reason target-disease vaccine-code",
    needs: ["patient"],
  }),
  row("ImmunizationRecommendation", "RS", {
    native: "patient",
    postFiltered: "date identifier information status support target-disease vaccine-type",
    needs: ["patient"],
  }),
  row("List", "RS", {
    native: "code encounter identifier patient subject",
    postFiltered: "date empty-reason item notes source status title",
    needs: [aPatient, "code"],
  }),
  row("Location", "RS", {
    native: "type",
    postFiltered:
      "address address-city address-country address-postalcode address-state address-use endpoint identifier name operational-status organization partof status",
  }),
  row("Measure", "RS"),
  row("MeasureReport", "RS", {
    native: "epic-group-id patient subject",
    postFiltered: "_lastupdated date evaluated-resource identifier measure period reporter status",
  }),
  row("Media", "RS"),
  row("Medication", "RS"),
  row("MedicationAdministration", "RS", {
    native: "context effective-time patient performer request status subject",
    postFiltered: "code device identifier medication reason-given reason-not-given",
    needs: [aPatient],
  }),
  row("MedicationDispense", "RS", {
    native: "category patient subject",
    postFiltered:
      "code context destination identifier medication performer prescription receiver responsibleparty status type whenhandedover whenprepared",
    needs: [aPatient],
  }),
  row("MedicationRequest", "RS", {
    native: "category date intent patient status subject",
    postFiltered:
      "authoredon code encounter identifier intended-dispenser intended-performer intended-performertype medication priority requester",
    needs: [aPatient],
  }),
  row("NutritionOrder", "RS", {
    native: "patient",
    postFiltered:
      "additive datetime encounter formula identifier instantiates-canonical oraldiet provider status supplement",
    needs: ["patient"],
  }),
  row("Observation", "CRUS", {
    native: "based-on category code date focus issued patient subject",
    postFiltered:
      "combo-code combo-data-absent-reason combo-value-concept component-code component-data-absent-reason component-value-concept data-absent-reason derived-from device encounter has-member identifier method part-of performer specimen status value-concept value-date value-string",
    needs: [aPatient, "code category"],
  }),
  row("Organization", "RS"),
  row("Patient", "CRS", {
    native:
      "address address-city address-postalcode address-state birthdate doc-type family gender given identifier legal-sex name own-name own-prefix partner-name partner-prefix telecom",
    postFiltered:
      "active address-country address-use death-date email general-practitioner language link organization phone phonetic",
  }),
  row("Practitioner", "RS", {
    native: "address address-city address-postalcode address-state family given identifier name",
    postFiltered:
      "active address-country address-use communication email gender phone phonetic telecom",
  }),
  row("PractitionerRole", "RS", {
    native: "email identifier location organization phone practitioner role specialty telecom",
    postFiltered: "active date endpoint service",
  }),
  row("Procedure", "CRUS", {
    native: "category code date identifier patient subject",
    postFiltered:
      "based-on encounter instantiates-canonical location part-of performer reason-code reason-reference status",
    needs: [aPatient],
  }),
  row("Provenance", "R"),
  row("Questionnaire", "RS"),
  row("QuestionnaireResponse", "CRS", {
    native: "encounter patient subject",
    postFiltered: "author authored based-on identifier part-of questionnaire source status",
    needs: [aPatient],
  }),
  row("RelatedPerson", "RS", {
    native: "patient",
    postFiltered:
      "active address address-city address-country address-postalcode address-state address-use birthdate email gender identifier name phone phonetic relationship telecom",
    needs: ["patient"],
  }),
  row("RequestGroup", "RS"),
  row("ResearchStudy", "RS", {
    native: "identifier status",
    postFiltered:
      "category date focus keyword location partof principalinvestigator protocol site sponsor title",
  }),
  row("ResearchSubject", "RS", { native: "patient status study", postFiltered: "date identifier" }),
  row("ServiceRequest", "CRUS", {
    native:
      "authored category code encounter identifier onlyscannable patient requester status subject",
    postFiltered:
      "based-on body-site instantiates-canonical intent occurrence performer performer-type priority replaces requisition specimen",
    needs: [aPatient],
  }),
  row("Specimen", "RS"),
  row("Substance", "RS"),
  row("Task", "RUS", {
    native: "code encounter focus patient status subject",
    postFiltered:
      "authored-on based-on business-status group-identifier identifier intent modified owner part-of performer period priority requester",
    needs: [aPatient],
  }),
  row("ValueSet", "R"),
];

const byName: ReadonlyMap<string, OfferedType> = new Map<string, OfferedType>(
  offeredTypes.map((offered) => [offered.type, offered]),
);
