import { Button } from "react-aria-components/Button";
import { ServiceFault } from "../service/ask.ts";
import { NoModelPage } from "./no-model-page.tsx";
import { StatePage } from "./state-page.tsx";

interface FaultPageProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What is shown in place of something that could not be had. */
export function FaultPage({ error, retry }: FaultPageProps) {
  const fault = error instanceof ServiceFault ? error : new ServiceFault("failed", "Something failed in this page");
  const again = retry && (
    <Button className="button" onPress={retry}>
      Try again
    </Button>
  );
  switch (fault.kind) {
    case "away":
      return (
        <StatePage title="The service does not answer">
          <p>
            It may be restarting, or the network to it is interrupted. Nothing is lost: this page asks again by itself
            every few seconds.
          </p>
          {again}
        </StatePage>
      );
    case "forbidden":
      return (
        <StatePage title="Your access token is not for this">
          <p>{fault.message}</p>
          <p className="soft">
            Whoever operates this service can give you a token with that scope; then sign in again.
          </p>
        </StatePage>
      );
    case "signed-out":
      return (
        <StatePage title="The session has ended">
          <p>Sessions end after 30 minutes without use, after 12 hours, and with their access token.</p>
          <a className="button main" href="/app/">
            Sign in again
          </a>
        </StatePage>
      );
    case "no-model":
      return <NoModelPage />;
    case "missing":
      return (
        <StatePage title="There is no such thing here">
          <p>{fault.message}</p>
        </StatePage>
      );
    case "broken-off":
      return (
        <StatePage title="Not all of it came">
          <p>
            {fault.message} Nothing of it is shown or saved, so that a part is not taken for the whole. The service may
            be restarting, or the network to it was interrupted.
          </p>
          {again}
        </StatePage>
      );
    case "refused":
    case "failed":
      return (
        <StatePage title="This could not be shown">
          <p>{fault.message}</p>
          {fault.problem && (
            <p className="soft small">
              When you report it, quote <code>{fault.problem.instance}</code>.
            </p>
          )}
          {again}
        </StatePage>
      );
  }
}
