import { createHmac } from "node:crypto";

/**
 * What stands for a person in logs, quotas and the audit trail: `oidc-` and 16 hexadecimal digits. A subject may be an
 * e-mail address, and a plain hash of one is found by hashing a list of staff; so it is keyed (HMAC-SHA-256). Who
 * holds the key can tell whether an id is a certain person's.
 */
export function subjectId(key: Uint8Array, issuer: string, subject: string): string {
  const digest = createHmac("sha256", key)
    .update(JSON.stringify([issuer, subject]), "utf8")
    .digest("hex");
  return `oidc-${digest.slice(0, 16)}`;
}
