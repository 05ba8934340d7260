import { Link } from "@tanstack/react-router";

interface WhatIfLinkProps {
  /** What is asked about. */
  readonly revision?: string;
  /** What it is compared with; the one in force where left out. */
  readonly against?: string;
  readonly children: string;
}

/** Leads to the page that tells what a revision would do to stored messages. */
export function WhatIfLink({ children, ...search }: WhatIfLinkProps) {
  return (
    <Link to="/what-if" search={search}>
      {children}
    </Link>
  );
}
