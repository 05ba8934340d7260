/**
 * The revision of a message of production where approval is demanded: that of what both environments
 * share, and behind the plus sign the approved one of its site.
 */
export function productionRevision(shared: string, approved: string): string {
  return `${shared}+${approved}`;
}

/** What both environments share, of a message of either. */
export function sharedRevision(revision: string): string {
  const [shared = ""] = revision.split("+", 1);
  return shared;
}

/** Whether it is one of production. A commit or a hash alone holds no plus sign. */
export function isOfProduction(revision: string): boolean {
  return revision.includes("+");
}
