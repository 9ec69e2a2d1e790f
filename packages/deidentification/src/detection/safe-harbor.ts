/**
 * The eighteen kinds of identifier that the Safe Harbor method removes, 45 CFR 164.514(b)(2)(i)(A) to (R),
 * in the regulation's order.
 */
export const safeHarborClasses = [
  "name",
  "geographic subdivision",
  "date",
  "telephone number",
  "fax number",
  "e-mail address",
  "social security number",
  "medical record number",
  "health plan number",
  "account number",
  "certificate or licence number",
  "vehicle identifier",
  "device identifier",
  "URL",
  "IP address",
  "biometric identifier",
  "photograph",
  "other unique identifier",
] as const;

export type SafeHarborClass = (typeof safeHarborClasses)[number];
