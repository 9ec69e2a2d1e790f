import type { GeneratedCohort } from "../../service/generate.ts";

interface DownloadedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly file: Blob;
}

/** Names of files begin with what they hold, so that nobody takes them for real patients. */
export function fileStem({ order, head }: GeneratedCohort): string {
  return `simulated-patients-${head.model_version.slice(0, 8)}-seed-${order.seed}`;
}

/** What has to go with the file: by it the same patients can be had again. */
export async function describeProvenance(
  { order, head }: GeneratedCohort,
  { name, mediaType, file }: DownloadedFile,
): Promise<Readonly<Record<string, unknown>>> {
  return {
    notice: head.notice,
    simulated: head.simulated,
    file: name,
    media_type: mediaType,
    bytes: file.size,
    sha256: await digest(file),
    model_version: head.model_version,
    trained_on_simulated_patients: head.trained_on_simulated_patients,
    expression_unit: head.expression_unit,
    profile: order.profile,
    count: order.count,
    seed: order.seed,
    downloaded_at: new Date().toISOString(),
  };
}

/** Null where the page did not come by HTTPS: browsers then have no digests. */
async function digest(file: Blob): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
