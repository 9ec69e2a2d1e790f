import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Form } from "react-aria-components/Form";
import { ServiceFault } from "../service/ask.ts";
import { sessionQuery, signIn } from "../service/session.ts";
import { BrandMark } from "./brand-mark.tsx";
import { Field } from "./text-field.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Takes an access token and opens a session with it; says so where the session before has ended by itself. */
export function SignIn({ hasEnded }: { readonly hasEnded: boolean }) {
  const queries = useQueryClient();
  const [token, setToken] = useState("");
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = "Sign in · Osteon";
  }, []);
  const enter = async (): Promise<void> => {
    setBusy(true);
    try {
      const session = await signIn(token.trim());
      setToken("");
      queries.setQueryData(sessionQuery.queryKey, session);
    } catch (error) {
      setFault(describe(error));
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <Form
        className="sign-in-sheet"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() === "") setFault("Enter an access token");
          else void enter();
        }}
      >
        <BrandMark />
        <div>
          <h1>Sign in</h1>
          <p className="soft">Synthetic osteosarcoma patients: for research, not for clinical decisions.</p>
        </div>
        {hasEnded && (
          <div className="notice open" role="status">
            <strong>The session has ended</strong>
            <p>It was unused for half an hour, is half a day old, or its token is no longer accepted.</p>
          </div>
        )}
        <Field
          label="Access token"
          type="password"
          value={token}
          onChange={(value) => {
            setToken(value);
            setFault(undefined);
          }}
          hint="The operator of this service gives it to you. It is sent once and not kept in this browser."
          fault={fault}
          autoFocus
        />
        <div className="row">
          <Button className="button main" type="submit" isDisabled={isBusy}>
            {isBusy ? "Signing in …" : "Sign in"}
          </Button>
          <ThemeSwitch />
        </div>
      </Form>
    </main>
  );
}

function describe(error: unknown): string {
  if (!(error instanceof ServiceFault)) return "Signing in failed";
  if (error.kind === "signed-out") return "This access token is not accepted. Check that all of it was copied.";
  if (error.kind === "away") return "The service does not answer. Try again in a moment.";
  return error.message;
}
