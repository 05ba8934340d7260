/** Whether a message type is among those listed: `ADT^A08`, its family `ADT`, or `*` for all. */
export function takes(types: readonly string[], type: string): boolean {
  return types.some((listed) => listed === "*" || listed === type || type.startsWith(`${listed}^`));
}
