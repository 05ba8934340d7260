/** How large a message may be. Whatever is larger is a problem, found before memory is spent. */
export interface MessageLimits {
  /** Bytes of one message, before they are decoded. */
  readonly maxBytes: number;
  /** Characters (UTF-16 code units) of one message. */
  readonly maxCharacters: number;
  readonly maxSegments: number;
  /** Fields of one segment. */
  readonly maxFields: number;
  /** Fields, repetitions, components and subcomponents of one segment, all together. */
  readonly maxParts: number;
  /** Where a person sets them, such as `under limits in settings.yaml`; hints say so. */
  readonly settingPlace?: string;
}

/** One of the limits. */
export type LimitName = Exclude<keyof MessageLimits, "settingPlace">;

/** How a limit is raised, for the hint of a problem. */
export function raising(
  limit: LimitName,
  { settingPlace }: Pick<MessageLimits, "settingPlace">,
): string {
  return settingPlace === undefined ? `Raise ${limit}` : `Raise ${limit} (${settingPlace})`;
}

/** Far above what any sender writes, and still what a machine can hold. */
export const defaultLimits: MessageLimits = {
  maxBytes: 268_435_456,
  maxCharacters: 268_435_456,
  maxSegments: 1_000_000,
  maxFields: 10_000,
  maxParts: 1_000_000,
};
