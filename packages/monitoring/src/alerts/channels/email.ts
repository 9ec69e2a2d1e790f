import { osteonError } from "@osteon/errors";
import { headingOf, textOf, type Notice } from "../notice.ts";
import { attemptMs, type Channel } from "./channel.ts";

export interface EmailOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `starttls`: refuses a server without it. */
  readonly tls: "starttls" | "implicit" | "none";
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly from: string;
  readonly to: readonly string[];
  /** Certificate authority in PEM form, in place of the well-known ones. */
  readonly certificateAuthority?: string;
}

/** Sends notices as plain text through a mail server. */
export function createEmailChannel(options: EmailOptions): Channel {
  const { name, host, port, tls, credentials, from, to, certificateAuthority } = options;
  const send = async (notice: Notice, signal: AbortSignal): Promise<void> => {
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      host,
      port,
      secure: tls === "implicit",
      requireTLS: tls === "starttls",
      ignoreTLS: tls === "none",
      ...(credentials !== undefined && { auth: { user: credentials.username, pass: credentials.password } }),
      tls: { minVersion: "TLSv1.2", ...(certificateAuthority !== undefined && { ca: certificateAuthority }) },
      connectionTimeout: attemptMs,
      greetingTimeout: attemptMs,
      socketTimeout: attemptMs,
      dnsTimeout: attemptMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const ended = AbortSignal.any([signal, AbortSignal.timeout(2 * attemptMs)]);
    const aborted = new Promise<never>((_resolve, reject) => {
      ended.addEventListener("abort", () => reject(new Error("ended")), { once: true });
    });
    try {
      const sending = transport.sendMail({
        from,
        to: [...to],
        subject: headingOf(notice),
        text: textOf(notice),
        messageId: `<${notice.id}.${notice.event}@osteon.invalid>`,
        headers: { "auto-submitted": "auto-generated" },
      });
      await Promise.race([sending, aborted]);
    } catch (error) {
      throw osteonError("monitoring.channel", { channel: name, reason: reasonOf(error) });
    } finally {
      transport.close();
    }
  };
  return { name, kind: "email", send };
}

/** Nodemailer's messages quote the server's answer. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const kind = typeof code === "string" ? code : "no answer in time";
  return typeof responseCode === "number" ? `${kind}, SMTP status ${responseCode}` : kind;
}
