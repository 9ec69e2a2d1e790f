/** What `osteon init` writes: every key with its default, and what it means. */
export const configurationTemplate = `# Osteon configuration. Every key may be left out; what stands here are the defaults.
#
# Paths are relative to the folder that this file is in.
# \${NAME} is replaced by the environment variable NAME, \${NAME:-x} by x where it is not set or empty;
# inside { } and [ ] such a reference must be quoted; $\${ stands for the characters themselves.
# Secrets never stand here: give the path of a file that only its owner can read.

data:
  source: demonstration        # simulated patients; the four keys of this group belong to this source
  patients: 120                # how many to simulate
  genes: 600                   # genes with expression
  seed: 2020                   # which cohort
  # For a cBioPortal study folder, put these in place of the four above:
  # source: cbioportal
  # path: ../os_study          # the folder with meta_study.txt
  # expression_profile: rna_seq_mrna   # stable_id or file name, where the study has several
  # For files of your own (CSV, Parquet, .h5ad), source: files and this:
  # mapping: mapping.yaml      # which files hold what, and how; docs/files.md

phi_removal:
  fields_to_remove: []         # columns to drop although the column contract takes them, e.g. [SEX]
  age_precision_years: 0.1     # ages become multiples of this
  release: osteon              # patients get other pseudonyms under another name
  # key_path: pseudonym.key    # secret of the pseudonyms, 64 hexadecimal digits; created in the run
                               # directory if left out

cohort:
  required: [survival, age, metastasis, mutations, expression]   # what a patient must have to be used
  small_cohort: false          # true admits 30 to 99 patients, and seals no model that repeats one
  # gene_aliases: aliases.tsv  # names of genes that add to the built-in table or take their place

features:
  minimum_mutated_patients: 3  # genes mutated in fewer are left out, but for known drivers
  minimum_measured_fraction: 0.8   # genes whose expression is known in a smaller part are left out
  maximum_mutation_genes: 100
  maximum_expression_genes: 5000   # those that vary most
  # gene_sets: hallmark.gmt    # GMT file; a built-in osteosarcoma selection if left out
  minimum_set_genes: 5         # gene sets with fewer of the chosen genes are not scored

training:
  architecture: auto           # or factor-copula, cvae, diffusion; auto compares them on held-out patients
  seed: 1                      # same cohort, pseudonym key, options and seed: same model
  folds: 5                     # of the cross-validation that chooses the number of factors
  largest_rank: 40             # no more factors than this are tried
  selection_splits: 3          # of the patients, by which auto compares
  effective_size_refits: 20    # to bootstrap samples of the patients, by which it is told how many real patients
                               # synthetic ones are worth; 0: not at all
  device: cpu                  # or cuda, webgpu: where networks are trained
  threads: 1                   # of the processor, for networks
  # pretrain: other_study      # cBioPortal study folder of a larger cohort that networks are trained on first
  # pretrain_expression_profile: rna_seq_mrna   # where that study has several
  # differential_privacy: { epsilon: 4, delta: 1.0e-6, gene_panel: panel.gmt }   # refused where it needs more
                               # patients than there are; the panel is known drivers if left out

generation:
  seed: 1
  unconditional_patients: 1000
  patients_per_scenario: 200
  smallest_cell: 5             # profiles with fewer training patients behind them are refused; 1 refuses none
  scenarios:                   # survival_time in days, age in years; event_occurred 0: alive then, 1: died then
    early_stage_good_prognosis: { survival_time: 2000, event_occurred: 0, metastasis: 0 }
    metastatic_poor_prognosis: { survival_time: 300, event_occurred: 1, metastasis: 1 }
    typical_patient: { survival_time: 800, event_occurred: 0 }

validation:
  seed: 1
  splits: 20                   # of the patients, each with its own fit, from which scores and intervals come
  hold_out_fraction: 0.3       # of the patients of a split, kept back to be compared with
  synthetic_patients: 500      # generated in each split
  families: released           # or all: the other architectures are judged beside the one that was trained
  shadow_models: 16            # that attack each training patient; 64 answer for the worst one, 0: none

encryption:
  # key_path: identity.txt     # age identity file; created in the run directory if left out

registry:
  # directory: registry        # sealed models and which of them is on air; if left out, osteon-data/registry
  # signing_key_path: sign.pem # Ed25519 key that signs models and moves; made in the registry if left out
  # trusted_keys: [a.pem.pub]  # public keys whose signatures count, besides the signing key's own

storage:
  # directory: ledger          # embedded database with the record of runs, scores and models; if left out,
                               # osteon-data/ledger where the command is run

service:
  host: 127.0.0.1              # this computer alone; 0.0.0.0 for all networks, behind a proxy with TLS
  port: 8080
  # token_path: api-token      # file with one token a line; created in the run directory if left out
`;
