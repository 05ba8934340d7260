export { type Finding, type Level, type Validation } from "./findings.ts";
export {
  type FieldProfile,
  type MessageProfile,
  type SegmentProfile,
  type SiteProfile,
  type TableProfile,
  segmentProfile,
} from "./profile.ts";
export { type Validate, type ValidatorOptions, createValidator } from "./validator.ts";
