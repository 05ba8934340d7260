/**
 * The share of published lines that must be covered or differ on purpose, in percent; the tests and
 * the proof hold the mapping to it. Raise it when the mapping grows, never lower it.
 */
export const floorPercent = { segments: 32, dataTypes: 49, codes: 66 } as const;
