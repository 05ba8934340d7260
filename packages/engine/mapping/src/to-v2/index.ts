export type {
  Change,
  Composed,
  ComposedExplained,
  ComposeRequest,
  Composer,
  ComposerLimits,
  FieldSource,
  Hl7Version,
  MessageHeader,
  Party,
} from "./composed.ts";
export { createComposer } from "./composer.ts";
export { type MessageKind, messageKinds } from "./kinds.ts";
