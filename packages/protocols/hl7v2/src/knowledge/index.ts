// What the standard says of messages. Apart from the package's root, so that who only reads them
// does not load it.

export { type CodeTable, codeTable } from "./code-tables.ts";
export {
  type Definition,
  type PartDefinition,
  type Usage,
  segmentDefinition,
  segmentNames,
  typeDefinition,
  typeNames,
} from "./definitions.ts";
export {
  type Group,
  type GroupedMessage,
  type StructureFault,
  groupMessage,
} from "./group-message.ts";
export { isOwnSegment } from "./names.ts";
export { type StructurePlace } from "./structure-notation.ts";
export { type Structure, structure, structureOf } from "./structures.ts";
export { type Version, versionFor, versions } from "./versions.ts";
