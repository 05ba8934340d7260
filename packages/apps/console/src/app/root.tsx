import { Outlet, useRouterState } from "@tanstack/react-router";
import { isSignedOut } from "../api/client.ts";
import { useSession } from "../api/queries.ts";
import { Failure } from "../parts/notice.tsx";
import { Loading } from "../parts/loading.tsx";
import { Page } from "../parts/page.tsx";
import { Door } from "./door.tsx";
import { SignedOut } from "./fallbacks.tsx";
import { Frame } from "./frame.tsx";

/** The sign-in page alone, or the frame with a page in it for who is signed in. */
export function Root() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return path === "/sign-in" ? <Outlet /> : <SignedIn />;
}

function SignedIn() {
  const session = useSession();
  if (isSignedOut(session.error)) return <SignedOut />;
  if (session.data !== undefined) return <Frame session={session.data} />;
  if (session.isPending) return <Loading />;
  return (
    <Door>
      <Page title="No connection" sentence="The hub cannot be reached." state="bad">
        <Failure error={session.error} retry={() => void session.refetch()} />
      </Page>
    </Door>
  );
}
