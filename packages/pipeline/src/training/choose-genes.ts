import type { Cohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import {
  applyPanel,
  driverPanel,
  fitFeatures,
  panelOfGeneSets,
  type FeatureOptions,
  type FeatureState,
} from "@osteon/features";
import { readGeneNames } from "../gene-names.ts";
import { digestGeneSetFile, readGeneSetFile } from "../gene-set-file.ts";

const panelKey = "training.differential_privacy.gene_panel";

/**
 * Chooses the genes of a model by its patients; of one with differential privacy by its panel alone.
 *
 * @throws `pipeline.private-z-scores`, `pipeline.gene-sets`, and what choosing throws
 */
export async function chooseGenes(cohort: Cohort, configuration: Configuration): Promise<FeatureState> {
  const privacy = configuration.training.differential_privacy;
  if (privacy === undefined) return fitFeatures(cohort, featureOptions(configuration));
  if (cohort.expression.unit === "z-score") throw osteonError("pipeline.private-z-scores", {});
  const file = privacy.gene_panel;
  if (file === undefined) return applyPanel(driverPanel, cohort);
  return applyPanel(panelOfGeneSets(await readGeneSetFile(file, panelKey, await readGeneNames(configuration))), cohort);
}

/** Chooses anew for a part of the patients, as for all of them; a panel is the same for every part. */
export function chooseGenesAgain(part: Cohort, released: FeatureState, configuration: Configuration): FeatureState {
  return configuration.training.differential_privacy ? released : fitFeatures(part, featureOptions(configuration));
}

/** What tells the panel, where there is one. */
export async function digestPanel({ training }: Configuration): Promise<Record<string, string>> {
  const privacy = training.differential_privacy;
  if (privacy === undefined) return {};
  const file = privacy.gene_panel;
  return { genePanel: file === undefined ? "drivers" : await digestGeneSetFile(file, panelKey) };
}

/** The configured options in the words of the features package. */
function featureOptions({ features }: Configuration): FeatureOptions {
  return {
    minimumMutatedPatients: features.minimum_mutated_patients,
    minimumMeasuredShare: features.minimum_measured_fraction,
    maximumMutationGenes: features.maximum_mutation_genes,
    maximumExpressionGenes: features.maximum_expression_genes,
  };
}
