import type { Cohort } from "@osteon/cohort";

/**
 * SHA-256 of a cohort's whole content, as lower-case hex: one digest a part, then one of those, so that no
 * second copy of a large table is needed. Equal content gives an equal digest on one byte order.
 */
export async function digestCohort(cohort: Cohort): Promise<string> {
  const { clinical, mutations, copyNumber, expression } = cohort;
  const names = {
    patientIds: cohort.patientIds,
    simulated: cohort.simulated,
    mutations: mutations.genes,
    copyNumber: copyNumber.genes,
    expression: expression.genes,
    unit: expression.unit,
  };
  const parts = [
    new TextEncoder().encode(JSON.stringify(names)),
    clinical.survivalTimeDays,
    clinical.event,
    clinical.ageYears,
    clinical.metastasis,
    clinical.male,
    clinical.necrosisPercent,
    mutations.values,
    copyNumber.values,
    expression.values,
  ];
  const digests: string[] = [];
  for (const part of parts) digests.push(await sha256(part));
  return sha256(new TextEncoder().encode(digests.join("\n")));
}

async function sha256(view: ArrayBufferView): Promise<string> {
  const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
