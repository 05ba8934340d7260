/** The status that the web server has for what went wrong; 500 where it has none. */
export function statusOf(error: unknown): number {
  const isKnown = error instanceof Error && "statusCode" in error;
  return isKnown ? Number(error.statusCode) : 500;
}
