import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeidentificationRecord } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { renderDeidentificationReport, type DeidentificationReport, type RenderedCard } from "@osteon/report";
import { runLayout } from "./run-layout.ts";
import type { RunManifest } from "./run-manifest.ts";

/**
 * The report of a run's de-identification, from what the run directory holds in the clear.
 *
 * @throws `pipeline.missing-result` before the step is done
 */
export async function reportDeidentification(
  directory: string,
  { steps, sealedFor, patientDataInPlain, osteonVersion }: RunManifest,
): Promise<RenderedCard<DeidentificationReport>> {
  const file = runLayout.deidentificationRecord;
  const step = steps.deidentify;
  const output = step?.outputs.find(({ path }) => path === file);
  if (step?.finishedAt === undefined || output === undefined) throw osteonError("pipeline.missing-result", { file });
  return renderDeidentificationReport({
    record: JSON.parse(await readFile(join(directory, file), "utf8")) as DeidentificationRecord,
    recordSha256: output.sha256,
    createdAt: step.finishedAt,
    osteonVersion,
    simulated: steps.load?.options["source"] === "demonstration",
    custody: {
      recipient: sealedFor,
      identityInRun: existsSync(join(directory, runLayout.identity)),
      pseudonymKeyInRun: existsSync(join(directory, runLayout.pseudonymKey)),
      patientDataInPlain: patientDataInPlain ?? false,
    },
  });
}
