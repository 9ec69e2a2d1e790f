import { readCertificateExpiry } from "@osteon/monitoring";
import { atLeast, failed, isWithin, notChecked, passed, type SelftestCheck } from "../selftest-check.ts";

const dayMs = 86_400_000;

/** How long the certificate still holds: the one that the service shows, or else the one that is configured. */
export const certificateCheck: SelftestCheck = {
  name: "certificate",
  title: "The certificate holds for long enough",
  kind: "availability",
  run: async ({ service, installation, limits }) => {
    const path = installation?.configuration.service.tls?.certificate_path;
    if (service !== undefined && (await service.silence()) !== undefined)
      return notChecked("The service does not answer.");
    const shown = service?.encryption()?.certificateEnds;
    const ends = shown ?? (path === undefined ? undefined : await readCertificateExpiry(path));
    if (ends === undefined) return notChecked("No certificate: neither an https address nor service.tls is given.");
    const days = atLeast("days left", Math.floor((ends.getTime() - Date.now()) / dayMs), "", limits.certificateDays);
    const finding = `It ends on ${ends.toISOString().slice(0, 10)}.`;
    return isWithin(days)
      ? passed(finding, [days])
      : failed(finding, "Put a renewed pair in its place; the service takes it up by itself.", [days]);
  },
};
