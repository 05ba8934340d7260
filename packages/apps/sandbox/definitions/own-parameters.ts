/** Parameters that R4 does not define, or that the hospital means otherwise. */
export const ownParameters: Readonly<Record<string, string>> = {
  "AdverseEvent research-subject": "reference subject>ResearchSubject",
  "BodyStructure subject": "reference patient",
  "Consent subject": "reference patient",
  // Nothing says when a resource was changed last; a document never is.
  "DocumentReference _lastupdated": "date date",
  "DocumentReference docstatus": "token docStatus",
  "ExplanationOfBenefit billable-period-start": "date billablePeriod.start",
  "ExplanationOfBenefit service-date": "date item.servicedDate item.servicedPeriod",
  "ExplanationOfBenefit service-start-date": "date item.servicedDate item.servicedPeriod.start",
  "ExplanationOfBenefit type": "token type",
  "ExplanationOfBenefit use": "token use",
  "Flag category": "token category",
  "Flag status": "token status",
  "MeasureReport _lastupdated": "date date",
  "MeasureReport epic-group-id": "token group.code",
  "MedicationDispense category": "token category",
  // The day on which the order became active.
  "MedicationRequest date": "date authoredOn",
  "Observation issued": "date issued",
  "Patient legal-sex":
    "token extension[url=http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex].valueCodeableConcept",
  "Patient own-name":
    "string name._family.extension[url=http://hl7.org/fhir/StructureDefinition/humanname-own-name].valueString",
  "Patient own-prefix":
    "string name._family.extension[url=http://hl7.org/fhir/StructureDefinition/humanname-own-prefix].valueString",
  "Patient partner-name":
    "string name._family.extension[url=http://hl7.org/fhir/StructureDefinition/humanname-partner-name].valueString",
  "Patient partner-prefix":
    "string name._family.extension[url=http://hl7.org/fhir/StructureDefinition/humanname-partner-prefix].valueString",
};
