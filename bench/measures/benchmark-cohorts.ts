import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { completePatients, selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { readCbioportalStudy } from "@osteon/connectors";
import { osteosarcomaGeneSets, parseGmt, type GeneSet } from "@osteon/features";
import { simulateBend } from "./simulated-bend.ts";

export interface BenchmarkCohort {
  readonly name: string;
  /** Patients with survival, age, metastasis, mutations and expression; all genes. */
  readonly complete: Cohort;
  readonly geneSets: readonly GeneSet[];
}

/** The simulated cohorts, and the study once with each of its expression files where it is there. */
export async function listBenchmarkCohorts(study: string, geneSetFile: string): Promise<BenchmarkCohort[]> {
  const demonstration = simulateDemonstrationCohort({ patients: 120, genes: 600, seed: 2020 }).cohort;
  const simulated = [
    { name: "demonstration", complete: completeOf(demonstration), geneSets: osteosarcomaGeneSets },
    { name: "bend", complete: simulateBend(600, 200, 3), geneSets: osteosarcomaGeneSets },
  ];
  if (!existsSync(study)) {
    console.error(`passed over: no study in ${study}`);
    return simulated;
  }
  const geneSets = parseGmt(await readFile(geneSetFile, "utf8"), geneSetFile);
  const read = async (name: string, expressionProfile: string) => {
    const { cohort } = await readCbioportalStudy(study, { expressionProfile });
    return { name, complete: completeOf(cohort), geneSets };
  };
  return [
    await read("TPM", "data_mrna_seq_tpm_log2.txt"),
    await read("ranks", "data_mrna_seq_rank_zscores.txt"),
    ...simulated,
  ];
}

function completeOf(cohort: Cohort): Cohort {
  return selectPatients(cohort, completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]));
}
