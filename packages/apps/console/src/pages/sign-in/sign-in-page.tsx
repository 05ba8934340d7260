import { Button, TextInput } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useEffect, useState } from "react";
import { useSignIn } from "../../api/queries.ts";
import { Door } from "../../app/door.tsx";
import { SignedOut } from "../../app/fallbacks.tsx";
import { Failure } from "../../parts/notice.tsx";
import { Page } from "../../parts/page.tsx";
import styles from "./sign-in-page.module.css";

/**
 * Redeems a sign-in link. Its token stands behind the `#`, which browsers send to nobody; it is
 * taken out of the address at once, so that it does not stay in the history either.
 */
export function SignInPage() {
  const token = useToken();
  return token === "" ? <SignedOut /> : <SignInForm token={token} />;
}

function SignInForm({ token }: { token: string }) {
  const [name, setName] = useState("");
  const signIn = useSignIn();
  const navigate = useNavigate();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate({ token, name }, { onSuccess: () => void navigate({ to: "/", replace: true }) });
  };
  return (
    <Door>
      <Page title="Sign in" sentence="Sign in to this hub">
        <p>
          This link works once. It signs this browser in until the session ends; then a new link is
          needed.
        </p>
        <form onSubmit={submit} className={styles["form"]}>
          <TextInput
            label="Your name"
            description="The access record names you so when you look at patient data or decide something. Others can see it."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            required
            data-autofocus
            autoComplete="name"
          />
          <Button type="submit" loading={signIn.isPending} disabled={name.trim() === ""}>
            Sign in
          </Button>
        </form>
        {signIn.isError ? <Failure error={signIn.error} /> : null}
        {signIn.isError ? (
          <p>
            For a new link, on the hub’s machine: <code>npx trestle sign-in</code>
          </p>
        ) : null}
      </Page>
    </Door>
  );
}

function useToken(): string {
  const behind = useLocation({ select: ({ hash }) => hash });
  const [token, setToken] = useState("");
  const navigate = useNavigate();
  // `#TOKEN`, or `#token=TOKEN`.
  const given = new URLSearchParams(behind).get("token") ?? behind;
  if (given !== "" && given !== token) setToken(given);
  useEffect(() => {
    if (behind !== "") void navigate({ to: "/sign-in", hash: "", replace: true });
  }, [behind, navigate]);
  return token;
}
