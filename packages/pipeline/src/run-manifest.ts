import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import { writeFileAtomically } from "@osteon/registry";
import { z } from "zod";
import { stepNames } from "./step-names.ts";

const outputSchema = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() });

const stepRecordSchema = z.strictObject({
  /** `running` in a run that nobody works on: its process was killed. */
  status: z.enum(["running", "done", "failed", "interrupted"]),
  /** Digest of everything the result depends on; the step is repeated when it changes. */
  key: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  durationMs: z.number().optional(),
  /** Digests of what was read from outside, by name; of a study's files without their names. */
  inputs: z.record(z.string(), z.string()),
  options: z.record(z.string(), z.unknown()),
  outputs: z.array(outputSchema),
  /** Counts worth telling. */
  detail: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  errorCode: z.string().optional(),
});

const runManifestSchema = z.strictObject({
  format: z.literal("osteon-run/1"),
  runId: z.string(),
  createdAt: z.string(),
  /** Versions that worked on the run last. */
  osteonVersion: z.string(),
  nodeVersion: z.string(),
  /** Public key that everything sealed in the run is sealed for. */
  sealedFor: z.string(),
  /** Stands in manifests of runs whose patient-level intermediates are not sealed. */
  patientDataInPlain: z.literal(true).optional(),
  /** Only results that follow from one another: a step whose predecessor has changed is not among them. */
  steps: z.partialRecord(z.enum(stepNames), stepRecordSchema),
});

export type StepRecord = z.infer<typeof stepRecordSchema>;
/** `manifest.json` of a run directory: what was done, with what, when, and what came out. */
export type RunManifest = z.infer<typeof runManifestSchema>;

/** Reads a run's manifest; null where there is none. Throws `pipeline.manifest`. */
export async function readRunManifest(path: string): Promise<RunManifest | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return runManifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw osteonError("pipeline.manifest", { file: path }, { cause: error });
  }
}

/** Writes a run's manifest, whole or not at all, its keys in the schema's order. */
export async function writeRunManifest(path: string, manifest: RunManifest): Promise<void> {
  const text = JSON.stringify(runManifestSchema.parse(manifest), null, 2);
  await writeFileAtomically(path, new TextEncoder().encode(`${text}\n`));
}
