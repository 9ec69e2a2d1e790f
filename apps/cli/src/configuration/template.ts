/** What `osteon init` writes: every key with its default, and what it means. */
export const configurationTemplate = `# Osteon configuration. Every key is optional but data.path of a cbioportal source.
# \${NAME} is replaced by the environment variable NAME, \${NAME:-x} by x where it is not set.
# Secrets never stand here: give the path of a file that only its owner can read.

data:
  source: demonstration        # demonstration (simulated patients) or cbioportal (a study folder)
  patients: 120                # demonstration: how many to simulate
  genes: 600                   # demonstration: genes with expression
  seed: 2020                   # demonstration: which cohort
  # source: cbioportal
  # path: /data/os_study       # folder with meta_study.txt
  # expression_profile: rna_seq_mrna   # stable_id or file name, where the study has several

phi_removal:
  fields_to_remove: []         # columns to drop although the column contract takes them, e.g. [SEX]
  age_precision_years: 0.1     # ages become multiples of this
  release: osteon              # name of the release: patients get other pseudonyms under another name
  # key_path: /keys/pseudonym.key      # 64 hexadecimal digits; created in the run directory if left out

cohort:
  required: [survival, age, metastasis, mutations, expression]   # what a patient must have to be used
  small_cohort: false          # true accepts fewer than 100 patients, with the stricter privacy settings

features:
  minimum_mutated_patients: 3  # genes mutated in fewer are left out, but for known drivers
  minimum_measured_fraction: 0.8
  maximum_mutation_genes: 100
  maximum_expression_genes: 5000
  # gene_sets: hallmark.gmt    # GMT file; a built-in osteosarcoma selection if left out
  minimum_set_genes: 5

training:
  architecture: factor-copula
  seed: 1                      # same cohort, options and seed: same model
  folds: 5                     # of the cross-validation that chooses the number of factors
  largest_rank: 40

generation:
  seed: 1
  unconditional_patients: 1000
  patients_per_scenario: 200
  scenarios:                   # survival_time in days; event_occurred 0 means alive then
    early_stage_good_prognosis: { survival_time: 2000, event_occurred: 0, metastasis: 0 }
    metastatic_poor_prognosis: { survival_time: 300, event_occurred: 1, metastasis: 1 }
    typical_patient: { survival_time: 800, event_occurred: 0 }

validation:
  seed: 1
  repeats: 20
  hold_out_fraction: 0.3
  synthetic_patients: 500

encryption: {}
  # key_path: /keys/identity.txt   # age identity file; created in the run directory if left out

storage:
  directory: osteon-data/ledger    # embedded database with the record of runs, scores and models

service:
  host: 127.0.0.1
  port: 8080
  # token_path: /keys/api-token    # file with one token a line; created in the run directory if left out
`;
