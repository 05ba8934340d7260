import { Link } from "@tanstack/react-router";
import type { SiteOverview } from "@trestle/api/contract";
import { counted } from "./number-text.ts";
import { StateMark } from "./state-mark.tsx";

/** That something waits for approval at a site, and the way to it; nothing where nothing does. */
export function WaitsForApproval({ site }: { site: SiteOverview | undefined }) {
  const { id, waitingDifferences } = site ?? {};
  if (id === undefined || waitingDifferences === undefined) return null;
  return (
    <>
      {" "}
      <StateMark state="held" />{" "}
      <Link
        to="/sites/$siteId"
        params={{ siteId: id }}
        title={`${counted(waitingDifferences, "difference")} between production and the folder`}
      >
        waits for approval
      </Link>
    </>
  );
}
