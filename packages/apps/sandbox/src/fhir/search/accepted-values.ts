/** Whether a parameter of a type takes a code. Every parameter that is not listed takes all. */
export function isAccepted(type: string, name: string, code: string): boolean {
  const codes = accepted.get(`${type} ${name}`);
  return codes === undefined || codes.has(code.toLowerCase());
}

/** From the notes that the capability statement has on its parameters. */
const table: Readonly<Record<string, string>> = {
  "AllergyIntolerance clinical-status": "active",
  "AdverseEvent seriousness": "serious non-serious",
  "Appointment service-category": "surgery appointment",
  "CareTeam status": "active",
  "Condition clinical-status": "active inactive resolved",
  "Condition category":
    "problem-list-item encounter-diagnosis health-concern genomics dental-finding infection medical-history reason-for-visit",
  "EpisodeOfCare status": "active finished cancelled",
  "ExplanationOfBenefit type": "institutional professional oral pharmacy",
  "ExplanationOfBenefit use": "claim preauthorization",
  "List code":
    "medications allergies immunizations problems pedigree-list hospital-problems patients",
  "MedicationRequest category": "inpatient outpatient community discharge",
  "MedicationDispense category": "inpatient outpatient community discharge 422037009",
  "Observation category":
    "laboratory vital-signs social-history core-characteristics lda lda-property lda-assessment functional-mental-status periodontal labor-delivery newborn-delivery obstetrics-gynecology survey sdoh imaging 384821006 118228005 252275004 275711006 68793005 395124008 314076009 19851009 405825005",
  "Patient gender": "female male other unknown",
  "Patient legal-sex": "female male other unknown nonbinary x",
  "Procedure category":
    "103693007 387713003 410606002 9632001 225317005 freedom-restricting-intervention",
  "ServiceRequest status": "draft active completed revoked unknown",
  "Task code": "community-resource episode-checklist",
};

const accepted: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(table).map(([key, codes]) => [key, new Set(codes.split(" "))]),
);
