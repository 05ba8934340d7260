import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Command, Empty, Failure } from "../parts/notice.tsx";
import { Page } from "../parts/page.tsx";
import { Door } from "./door.tsx";

/** An address that is none of ours. */
export function NotFound() {
  return (
    <Page title="Not found" sentence="There is no such page.">
      <Empty title="The link may be old, or a part of it is missing">
        <p>
          <Link to="/">Go to the overview</Link>
        </p>
      </Empty>
    </Page>
  );
}

/** A page that failed to draw. */
export function Broken({ error }: ErrorComponentProps) {
  return (
    <Page title="Error" sentence="This page could not be shown." state="bad">
      <Failure error={error} retry={() => location.reload()} />
    </Page>
  );
}

/** Nobody is signed in: what this is, and how to get in. */
export function SignedOut() {
  return (
    <Door>
      <Page title="Sign in" sentence="You are not signed in.">
        <Empty title="This console opens with a single-use link">
          <p>
            There is no password. On the machine of the hub, run this and open the link it prints:
          </p>
          <p>
            <Command>npx trestle sign-in</Command>
          </p>
          <p>
            An administrator who is signed in can also make a link for you in the menu at the top
            right. A session ends by itself after some hours.
          </p>
        </Empty>
      </Page>
    </Door>
  );
}
