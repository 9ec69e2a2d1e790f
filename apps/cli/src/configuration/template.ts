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
  # For a project of the Genomic Data Commons that osteon source download got, put these in their place:
  # source: gdc
  # path: target-os                        # the folder with manifest.json
  # clinical_supplement: [discovery.csv]   # tables with the metastasis status that the GDC lacks
  # expression: tpm                        # or counts, read in log2(CPM+1)
  # gene_types: [protein_coding]           # of GENCODE, whose expression and copy number are read
  # For PostgreSQL put these in their place (docs/databases.md). Where it is and the password come from the
  # environment: DATABASE_URL, or DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, each also as …_FILE.
  # source: postgres
  # directory: source          # of the embedded database, read where neither DATABASE_URL nor DB_HOST is set
  # trusted_network: false     # true: you answer for the network to the database, and sslmode may be weakened
  # statement_timeout_seconds: 600
  # schema: public             # with the tables patients, mutations, and perhaps samples, copy_number, expression
  # cancer_type: osteosarcoma  # the patients that are read: of this type
  # age_below: 18              # and younger than this at diagnosis, in years
  # any_age: false             # true: whatever their age, or if it is not known
  # expression_unit: log2(TPM+1)       # or TPM, CPM, z-score
  # queries: { patients: { view: osteon.patients }, mutations: { file: mutations.sql } }   # your own in place of
                               # those tables and conditions; also samples, copy_number, expression
  # For a database of the OMOP common data model 5.4 (docs/omop.md) these, beside directory, trusted_network,
  # statement_timeout_seconds and expression_unit:
  # source: omop
  # schema: cdm                # with person, condition_occurrence, measurement, …
  # vocabulary_schema: vocabulary      # with concept and concept_ancestor; if left out, the same
  # metastasis_window_days: 60 # before and after the first diagnosis, in which metastasis is one at diagnosis
  # unrecorded_metastasis: unknown     # or no: what it means that none is recorded
  # concepts: { recurrence: [32529, 32677] }   # ids that take the place of a set's
  # queries: { expression: { view: research.expression } }   # of your own: what the model has no place for
  # For files of your own (CSV, Parquet, .h5ad), source: files and this:
  # mapping: mapping.yaml      # which files hold what, and how; docs/files.md

phi_removal:
  fields_to_remove: []         # columns to drop although the column contract takes them, e.g. [SEX]
  age_precision_years: 0.1     # ages become multiples of this
  date_shift_days: 0           # 365: follow-ups end a secret 0 to 365 days before the extract does, and so do
                               # not tell the day of diagnosis; for sources that give survival by dates
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
  enabled: true                # false: what a run keeps of single patients is written in plain; needs the last key
  # key_path: identity.txt     # age identity file; created in the run directory if left out
  # key_command: [vault, kv, get, -field=identity, secret/osteon]   # or a program that prints it (docs/keys.md)
  # passphrase_path: pass.txt  # file of the passphrase that protects key files; on a terminal it is asked for
  command_timeout_seconds: 30  # for key_command and signing_key_command
  command_environment: []      # variables that these programs get beside those of the usual services
  i_accept_patient_data_in_plain_files: false   # refused where OSTEON_ENV or NODE_ENV is production

registry:
  # directory: registry        # sealed models and which of them is on air; if left out, osteon-data/registry
  # signing_key_path: sign.pem # Ed25519 key that signs models and moves; made in the registry if left out
  # signing_key_command: [vault, kv, get, -field=models, secret/osteon]   # or a program that prints it
  # trusted_keys: [a.pem.pub]  # public keys whose signatures count, besides the signing key's own
  metadata: directory          # or postgres: what is on air is kept on the server that REGISTRY_DATABASE_URL names
  packages: directory          # or { s3: { endpoint: https://…, bucket: models } }, an S3-compatible storage whose
                               # keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; see docs/registry.md

backup:
  # directory: backups         # where backups go; if left out, osteon-data/backups
  # recipients: [age1…]        # public keys; whoever has the secret half of one of them opens a backup
  # keep: 14                   # how many backups stay; if left out, all

audit:
  # directory: audit           # who did what (docs/audit.md); if left out, audit beside the registry, and none
                               # where there is no registry
  required: true               # false: what cannot be entered is done all the same
  retention_years: 6           # before which osteon audit prune removes nothing; 6 at the least
  # signing_key_path: audit.pem        # Ed25519 key that signs the trail; made in its folder if left out
  # signing_key_command: [vault, kv, get, -field=trail, secret/osteon]   # or a program that prints it
  # profile_key_path: profile.key      # secret by which an auditor links equal profiles; made there too
  # trusted_keys: [old.pem.pub]        # public keys of those that signed before

drift:
  # check_every_hours: 168       # osteon serve checks as often (docs/drift.md); if left out, never
  questions: [output]          # input compares what data names with the patients trained on; output what the model
                               # gives with what it gave when it was sealed
  # run: run                   # directory of the run whose patients new ones are compared with; if left out, with
                               # what the package on air keeps of them
  # directory: drift           # the last answers; if left out, drift beside the registry

logging:
  # path: service.log          # of osteon serve; standard error if left out. --log overrides it
  level: info                  # or debug, warn, error
  max_bytes: 10000000          # a larger file is put aside as service.log.1 and so on
  files: 5                     # that are kept, the present one included

storage:
  # directory: ledger          # embedded database with the record of runs, scores and models; if left out,
                               # osteon-data/ledger where the command is run

service:
  host: 127.0.0.1              # this computer alone; 0.0.0.0 for all networks, with tls or behind_proxy below
  port: 8080
  # token_path: api-token      # file with one token a line; created in the run directory if left out
  # keys_directory: api-keys   # of osteon keys; if left out, api-keys beside registry.directory
  # oidc: { issuer: "https://login.hospital.example", audience: osteon, jwks_path: jwks.json }
                               # tokens of an identity provider; docs/api-access.md has the other keys
  limits:                      # 0: no such limit. Profiles that differ little count as one
    bulk_above: 100            # patients in one request, above which the scope generate:bulk is needed
    requests_per_minute: 3000  # of one token, key or person
    patients_per_day: 10000    # the same
    profile_patients_per_day: 1000   # of one profile, for one token, key or person
    profile_patients_per_day_in_all: 5000   # of one profile, for all of them together
    refusals_per_minute: 30    # of tokens from one address, after which it can try no more words
  # tls: { certificate_path: service.crt, key_path: service.key }   # PEM; renewed files are taken up
  behind_proxy: false          # true: a proxy with TLS stands before it, and only that proxy reaches this port
  trust_proxy: []              # proxies whose X-Forwarded-For is believed, e.g. [10.0.0.5, loopback]
  # workers: 3                 # threads that sample; if left out, one less than cores, 1 to 8; 0: none
  load:                        # what may be under way at a time; what is more is answered 503
    requests_under_way: 256
    patients_under_way: 4000   # a quarter of them kept for requests of at most 16
    event_loop_delay_ms: 1000  # with a longer one none is taken
    answer_timeout_ms: 600000  # a client that takes longer to read its answer is cut off
  drain_notice_ms: 0           # on SIGTERM: how long requests are still taken while /health/ready says no
  drain_timeout_ms: 30000      # and then, how long those under way have to be answered

observability:                 # docs/monitoring.md
  # directory: monitoring      # usage over time and the state of the alerts, for one service; if left out,
                               # monitoring beside registry.directory
  usage_days: 400              # how long usage is kept
  # metrics_port: 9464         # GET /metrics without a token, for this computer alone; with one it is on the
                               # service's own port, for tokens with the scope metrics:read
  traces: { trust_incoming: false, sampled_share: 1 }   # with endpoint: "https://…/v1/traces" spans are sent there

alerts:
  instance: osteon             # how notices call this service
  every_seconds: 30            # how often the rules are looked at
  reminder_hours: 24           # after which an alert that goes on is told again
  rules: []                    # e.g. [{ when: backup_age, above_hours: 26, severity: critical }]
  channels: []                 # e.g. [{ kind: webhook, name: chat, url: "https://chat.hospital.example/hook" }]
`;
