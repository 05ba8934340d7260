import { Link } from "@tanstack/react-router";

interface WhatIfLinkProps {
  /** What is asked about. */
  readonly revision?: string;
  readonly children: string;
}

/**
 * Leads to the page that tells what a revision would do to stored messages, beside the one in force: in
 * that, production is as it was approved.
 */
export function WhatIfLink({ children, ...search }: WhatIfLinkProps) {
  return (
    <Link to="/what-if" search={search}>
      {children}
    </Link>
  );
}
