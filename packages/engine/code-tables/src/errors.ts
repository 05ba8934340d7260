import { defineErrors } from "@trestle/base";

/** What can go wrong when code tables come in from elsewhere. */
export const tableErrors = defineErrors("tables", {
  badCsv: {
    failure: "permanent",
    hint: "This is not CSV from that line on. Look for a quote that is not closed, or that stands inside a cell without being doubled.",
  },
  badWorkbook: {
    failure: "permanent",
    hint: "This is no workbook that can be read. Save it as .xlsx without a password, or as CSV in UTF-8.",
  },
  noSheet: {
    failure: "permanent",
    hint: "The workbook has no sheet of this name. Look at the tabs at its foot.",
  },
  badTerminology: {
    failure: "permanent",
    hint: "Give Loinc.csv of LOINC, the description snapshot (sct2_Description_Snapshot….txt) of SNOMED CT, or a CSV with the columns code and display; for the last, name its --system.",
  },
  otherTerminology: {
    failure: "permanent",
    hint: "The file is of another terminology than --system names. Leave --system out.",
  },
  badResource: {
    failure: "permanent",
    hint: "Give a ConceptMap or ValueSet of FHIR R4 as JSON, with its codes in it.",
  },
});
