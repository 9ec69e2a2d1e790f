import { createHash } from "node:crypto";
import { signPackage, type PackageFacts } from "../signature/package-statement.ts";
import type { SigningKey } from "../signature/signing-key.ts";
import type { StoredPackage } from "../store/package-store.ts";

/** A version as a registry takes it: bytes in place of a sealed model, told and signed as one. */
export function signedPackage(name: string, key: SigningKey, change: Partial<PackageFacts> = {}): StoredPackage {
  const sealed = new Uint8Array(Buffer.from(`sealed bytes of ${name}`.repeat(50)));
  return { sealed, envelope: signPackage(sealed, factsOf(name, change), key) };
}

export function factsOf(name: string, change: Partial<PackageFacts> = {}): PackageFacts {
  const contentDigest = createHash("sha256").update(name).digest("hex");
  return {
    modelVersion: contentDigest.slice(0, 16),
    contentDigest,
    family: "factor-copula",
    createdAt: "2026-01-01T00:00:00.000Z",
    osteonVersion: "0.1.0",
    trainedOnSimulatedPatients: true,
    trainingPatients: 120,
    calibratedScore: { value: 0.9, lower: 0.8, upper: 1 },
    gate: { passed: true, reasons: [] },
    ...change,
  };
}
