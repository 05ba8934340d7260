/** What is read of the package `hl7-dictionary` (MIT): versions 2.1 to 2.7.1. It has no types of its own. */
declare module "hl7-dictionary" {
  /** A field or component as `hl7-dictionary` has it. */
  export interface SourceField {
    readonly datatype: string;
    readonly desc: string;
    /** 1 optional, 2 required, 3 conditional, 4 withdrawn or kept for older versions. */
    readonly opt: number;
    /** How often it may repeat; 0 without a bound. */
    readonly rep: number;
    readonly len?: number;
    readonly table?: number;
  }

  /** A segment, a group of them, or a choice: then its name lists them with commas. */
  export interface SourceNode {
    readonly name: string;
    readonly min: number;
    /** 0 without a bound. */
    readonly max: number;
    readonly children?: readonly SourceNode[];
  }

  interface SourceSegment {
    readonly desc: string;
    readonly fields: readonly SourceField[];
  }

  interface SourceType {
    readonly desc: string;
    readonly subfields?: readonly SourceField[];
  }

  interface SourceMessage {
    readonly segments: { readonly segments: readonly SourceNode[] };
  }

  /** One version of the standard. */
  export interface SourceVersion {
    readonly segments: Readonly<Record<string, SourceSegment>>;
    readonly fields: Readonly<Record<string, SourceType>>;
    readonly messages: Readonly<Record<string, SourceMessage>>;
  }

  interface SourceTable {
    readonly desc: string;
    readonly values?: Readonly<Record<string, string>>;
  }

  interface Dictionary {
    readonly definitions: Readonly<Record<string, SourceVersion>>;
    readonly tables: Readonly<Record<string, SourceTable>>;
  }

  const dictionary: Dictionary;
  export default dictionary;
}
