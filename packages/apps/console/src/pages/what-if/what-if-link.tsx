import { Link } from "@tanstack/react-router";

/** Leads to the page that tells what a revision would do to stored messages. */
export function WhatIfLink({ revision, children }: { revision?: string; children: string }) {
  return (
    <Link to="/what-if" search={revision === undefined ? {} : { revision }}>
      {children}
    </Link>
  );
}
