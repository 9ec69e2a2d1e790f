import { defineErrors } from "../definition.ts";

export const featureErrors = defineErrors({
  "features.option": {
    category: "configuration",
    status: 422,
    template: "The feature option {option} is {actual}, and must be {allowed}",
    remedy: "Correct features.{option} in the configuration",
    retryable: false,
  },
  "features.no-patients": {
    category: "input",
    status: 422,
    template: "Features cannot be chosen from a cohort of no patients",
    remedy: "Check the patient list and the study folder that were given",
    retryable: false,
  },
  "features.nothing-selected": {
    category: "input",
    status: 422,
    template:
      "No gene is left: {mutationGenes} mutated, {copyNumberGenes} copy-number and {expressionGenes} expression genes " +
      "were read, and none passes the filters",
    remedy:
      "Check that the matrices hold values for these patients, or lower the filters under features in the configuration",
    retryable: false,
  },
  "features.no-expression-gene": {
    category: "input",
    status: 422,
    template:
      "None of the {total} expression genes is left: {tooFewMeasured} are measured in under {minimumPercent} % of the " +
      "patients, {constant} have one value in all",
    remedy: "Check that the expression file holds values for these patients",
    retryable: false,
  },
  "features.panel-not-measured": {
    category: "input",
    status: 422,
    template: "Of the {named} expression genes of the panel the cohort measures {measured}; at least 2 are needed",
    remedy:
      "Check that training.differential_privacy.gene_panel names genes by Hugo symbols, as the expression file does",
    retryable: false,
  },
  "features.unit": {
    category: "input",
    status: 422,
    template: "The cohort's expression is in {actual}, the features were chosen in {expected}",
    remedy: "Give the expression file in {expected}, or choose features anew on this cohort",
    retryable: false,
  },
  "features.no-shared-genes": {
    category: "input",
    status: 422,
    template: "The cohort measures none of the {expected} {table} genes that were chosen as features",
    remedy: "Check that its genes are named by Hugo symbols, as in the training cohort",
    retryable: false,
  },
  "features.gene-set-file": {
    category: "input",
    status: 422,
    template: "{file}, line {line}: {problem}",
    remedy: "A GMT line is: name, tab, description, tab, then gene symbols separated by tabs",
    retryable: false,
  },
  "features.gene-set-file-empty": {
    category: "input",
    status: 422,
    template: "{file} holds no gene set",
    remedy: "Give a GMT file with one set a line: name, tab, description, tab, then gene symbols separated by tabs",
    retryable: false,
  },
  "features.duplicate-gene": {
    category: "input",
    status: 422,
    template: "The gene {gene} stands twice in the list of genes to be scored",
    remedy: "Keep one row a gene in the expression matrix",
    retryable: false,
  },
  "features.duplicate-gene-set": {
    category: "input",
    status: 422,
    template: "The gene set {name} is given twice",
    remedy: "Give each gene set its own name",
    retryable: false,
  },
  "features.gene-order": {
    category: "internal",
    status: 500,
    template: "Column {column} of the expression to be scored is not {expected}, as it is in the scorer",
    remedy: "Score a table of the genes that the scorer was made for, in their order",
    retryable: false,
  },
  "features.row-length": {
    category: "internal",
    status: 500,
    template: "A {part} row of {actual} values was given where {expected} belong",
    remedy: "This is a fault of the calling program: please report it",
    retryable: false,
  },
});
