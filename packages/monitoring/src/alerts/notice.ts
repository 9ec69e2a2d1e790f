import { z } from "zod";

/** What is sent: about the service, never about a patient, a condition, or who asked. */
export const noticeSchema = z.strictObject({
  /** The same at every attempt to deliver it. */
  id: z.uuid(),
  event: z.enum(["firing", "reminder", "resolved", "test"]),
  alert: z.string().max(40),
  kind: z.string().max(40),
  severity: z.enum(["warning", "critical"]),
  instance: z.string().max(64),
  statement: z.string().max(400),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
});

export type Notice = z.infer<typeof noticeSchema>;

const headings: Readonly<Record<Notice["event"], string>> = {
  firing: "alert",
  reminder: "still",
  resolved: "resolved",
  test: "test",
};

/** One line, as a mail's subject or a chat shows it. */
export function headingOf({ instance, event, severity, alert }: Notice): string {
  const urgency = severity === "critical" && event !== "resolved" && event !== "test" ? "CRITICAL " : "";
  return `[${instance}] ${urgency}${headings[event]}: ${alert}`;
}

export function textOf(notice: Notice): string {
  const { statement, since, at } = notice;
  return `${headingOf(notice)}\n${statement}\nSince ${since}; told at ${at}.`;
}
