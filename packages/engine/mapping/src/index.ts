export type { CodeRow, CodeStatus, CodeTables, TableProblem } from "./tables/code-tables.ts";
export { type Difference, differenceFor } from "./differences.ts";
export { mappingErrors } from "./errors.ts";
export { declaredDifferences, declaredNotMapped } from "./io/declarations.ts";
export { codeTables } from "./tables/make-code-tables.ts";
export { type MapperOptions, createMapper } from "./mapper.ts";
export type {
  Explained,
  Mapped,
  Mapper,
  MappingSite,
  PatientIdentity,
  SiteToMap,
  Source,
  UnmappedCode,
} from "./mapping.ts";
export { type RowUse, countingSite } from "./row-uses.ts";
export { type ValueSets, isInSet } from "./value-sets.ts";
export { byDefaultExtension, byDefaultTag } from "./unmapped-policy.ts";
export type { UnmappedPolicies, UnmappedPolicy } from "./unmapped-policy.ts";
export type { Overlay, OverlayCondition, OverlayRow, RowChange } from "./overlay/overlay.ts";
export { type SiteMaps, siteMaps } from "./overlay/site-maps.ts";
export type { NotMapped } from "./unmapped/not-mapped.ts";
export { printBundle } from "./print-bundle.ts";
export { type ReadTable, readCodeTable } from "./tables/read-code-table.ts";
export type {
  MappedBundle,
  NamedTransform,
  Transform,
  TransformContext,
} from "./transforms/transform.ts";
export {
  type LoadedTransforms,
  type TransformFailure,
  loadTransforms,
} from "./io/load-transforms.ts";
export { mapperWith } from "./transforms/mapper-with.ts";
export { transformedMapper } from "./transforms/transformed-mapper.ts";
export { readBundle } from "./to-v2/read-bundle.ts";
export type { HowMapped } from "./unmapped/seen.ts";
export { type Unmapped, type UnmappedField, unmappedFields } from "./unmapped/unmapped-fields.ts";
