import { isSecureUrl } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { connectionFault } from "./connection-fault.ts";
import { openServiceClient, type ServiceClient } from "./service-client.ts";

/** A running service, and the token to ask it with. */
export interface ServiceUnderTest extends ServiceClient {
  readonly address: URL;
  /** Undefined where none was given. */
  readonly token: string | undefined;
  /** Why it does not answer at all, as the system or TLS calls it; undefined where it answers. Asked once. */
  silence(): Promise<string | undefined>;
}

/**
 * The service at an address.
 *
 * @throws `selftest.plain-http` before anything is sent where others could read along, `configuration.option`
 */
export function serviceAt(text: string, token: string | undefined, signal: AbortSignal): ServiceUnderTest {
  const address = readAddress(text);
  const client = openServiceClient(address, signal);
  let silence: Promise<string | undefined> | undefined;
  return {
    ...client,
    address,
    token,
    silence: () =>
      (silence ??= client.ask({ path: "/health/live" }).then(
        () => undefined,
        (error: unknown) => {
          const code = connectionFault(error);
          if (code === undefined || signal.aborted) throw error;
          return code;
        },
      )),
  };
}

function readAddress(text: string): URL {
  const address = URL.parse(text);
  const isOfWeb = address !== null && /^https?:$/.test(address.protocol);
  if (!isOfWeb || address.username !== "" || address.password !== "") {
    const allowed = "an address such as https://osteon.hospital.example, without user name and password";
    throw osteonError("configuration.option", { option: "--url", allowed, command: "selftest" });
  }
  if (!isSecureUrl(address)) throw osteonError("selftest.plain-http", { host: address.hostname });
  address.search = "";
  address.hash = "";
  return address;
}
