export { type Finding, type Level, type Validation } from "./findings.ts";
export {
  type FieldProfile,
  type MessageProfile,
  type SegmentProfile,
  type SiteProfile,
  type TableProfile,
  mergedSegment,
  segmentProfile,
} from "./profile.ts";
export { type Validate, type ValidatorOptions, createValidator } from "./validator.ts";
