import type { DriftCheck } from "../../service/drift.ts";

export const driftTones: Readonly<
  Record<DriftCheck["state"], { readonly name: string; readonly tone: "good" | "open" | "bad" }>
> = {
  stable: { name: "Stable", tone: "good" },
  watch: { name: "Watch", tone: "open" },
  drift: { name: "Drift", tone: "bad" },
};
