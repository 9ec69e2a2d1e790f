import { z } from "zod";
import { driftConfigurationSchema } from "./drift/drift-record.ts";
import { askForPublicHalf, keyCommandSchema, refuseTwoKeys } from "./key-configuration.ts";
import { alertsConfigurationSchema, observabilityConfigurationSchema } from "./monitoring-configuration.ts";
import { profileSchema } from "./profile.ts";
import { serviceConfigurationSchema } from "./service-configuration.ts";
import { auditConfigurationSchema, loggingConfigurationSchema } from "./traces-configuration.ts";

const requirementSchema = z.enum(["survival", "age", "metastasis", "mutations", "copyNumber", "expression"]);
const seedSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const nameSchema = z
  .string()
  // The cohort drawn without conditions has that name.
  .regex(
    /^(?!unconditional$)[a-z0-9][a-z0-9_-]{0,63}$/,
    "must be 1 to 64 of a–z, 0–9, _ and -, as it names a folder, and not 'unconditional'",
  );

const demonstrationSourceSchema = z.strictObject({
  source: z.literal("demonstration"),
  patients: z.int().min(30).max(100_000).default(120).meta({ unit: "patients" }),
  genes: z.int().min(50).max(20_000).default(600).meta({ unit: "genes" }),
  seed: seedSchema.default(2020),
});

const cbioportalSourceSchema = z.strictObject({
  source: z.literal("cbioportal"),
  path: z.string().min(1),
  expression_profile: z.string().min(1).optional(),
});

const gdcSourceSchema = z.strictObject({
  source: z.literal("gdc"),
  path: z.string().min(1),
  clinical_supplement: z.array(z.string().min(1)).default([]),
  expression: z.enum(["tpm", "counts"]).default("tpm"),
  gene_types: z.array(z.string().min(1)).min(1).default(["protein_coding"]),
});

/** Where in a database one part of a cohort is: a view or table by its name, or a file with one SELECT statement. */
const querySchema = z
  .strictObject({ view: z.string().min(1).optional(), file: z.string().min(1).optional() })
  .refine(({ view, file }) => (view === undefined) !== (file === undefined), "must have one of the keys view and file");

const schemaNameSchema = z.string().min(1).max(63);

/** Of every source that is a PostgreSQL database. */
const databaseKeys = {
  directory: z.string().min(1).default("osteon-data/source"),
  trusted_network: z.boolean().default(false),
  statement_timeout_seconds: z.int().min(1).max(86_400).default(600).meta({ unit: "seconds" }),
  expression_unit: z.enum(["log2(TPM+1)", "TPM", "CPM", "z-score"]).default("log2(TPM+1)"),
};

const postgresSourceSchema = z.strictObject({
  source: z.literal("postgres"),
  ...databaseKeys,
  schema: schemaNameSchema.default("public"),
  cancer_type: z.string().min(1).max(200).default("osteosarcoma"),
  age_below: z.number().min(0).max(130).default(18).meta({ unit: "years" }),
  any_age: z.boolean().default(false),
  queries: z
    .strictObject({
      patients: querySchema,
      samples: querySchema.optional(),
      mutations: querySchema,
      copy_number: querySchema.optional(),
      expression: querySchema.optional(),
    })
    .optional(),
});

const conceptIdsSchema = z.array(z.int().min(0)).optional();

const omopSourceSchema = z.strictObject({
  source: z.literal("omop"),
  ...databaseKeys,
  schema: schemaNameSchema.default("cdm"),
  vocabulary_schema: schemaNameSchema.optional(),
  metastasis_window_days: z.int().min(0).max(366).default(60).meta({ unit: "days" }),
  unrecorded_metastasis: z.enum(["unknown", "no"]).default("unknown"),
  concepts: z
    .strictObject({
      osteosarcoma: conceptIdsSchema,
      provisional_diagnosis: conceptIdsSchema,
      first_occurrence: conceptIdsSchema,
      recurrence: conceptIdsSchema,
      metastatic_extent: conceptIdsSchema,
      local_extent: conceptIdsSchema,
      metastasis: conceptIdsSchema,
      no_metastasis: conceptIdsSchema,
      necrosis: conceptIdsSchema,
      present: conceptIdsSchema,
      absent: conceptIdsSchema,
      male: conceptIdsSchema,
      female: conceptIdsSchema,
      condition_field: conceptIdsSchema,
    })
    .optional(),
  queries: z
    .strictObject({
      patients: querySchema.optional(),
      samples: querySchema.optional(),
      mutations: querySchema.optional(),
      copy_number: querySchema.optional(),
      expression: querySchema.optional(),
    })
    .optional(),
});

const filesSourceSchema = z.strictObject({
  source: z.literal("files"),
  mapping: z.string().min(1),
});

const differentialPrivacySchema = z.strictObject({
  epsilon: z.number().min(0.001).max(100),
  delta: z.number().min(1e-30).max(0.01),
  gene_panel: z.string().min(1).optional(),
});

const encryptionSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    key_path: z.string().min(1).optional(),
    key_command: keyCommandSchema.optional(),
    passphrase_path: z.string().min(1).optional(),
    command_timeout_seconds: z.int().min(1).max(300).default(30).meta({ unit: "seconds" }),
    command_environment: z
      .array(z.string().regex(/^[A-Za-z_]\w*$/, "must be names of environment variables"))
      .default([]),
    i_accept_patient_data_in_plain_files: z.boolean().default(false),
  })
  .superRefine(refuseTwoKeys("key_path", "key_command"))
  .superRefine(({ enabled, i_accept_patient_data_in_plain_files: accepted }, context) => {
    if (enabled !== accepted) return;
    // Set beforehand it would let somebody switch encryption off by one word.
    const message = enabled
      ? "must be false where encryption is enabled"
      : "must be true where encryption is not enabled: patients' data then stand in plain in the run directory";
    context.addIssue({ code: "custom", path: ["i_accept_patient_data_in_plain_files"], message });
  });

/** A bucket that packages lie in; who asks for them is told by the environment. */
const objectStorageSchema = z.strictObject({
  endpoint: z.string().min(1),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket's name: 3 to 63 of a–z, 0–9, . and -"),
  prefix: z
    .string()
    .regex(/^(?:[\w.-]+\/)*$/, "must be empty or end in /, with words of letters, digits, _, . and - between slashes")
    .default("osteon/packages/"),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/)
    .default("us-east-1"),
  path_style: z.boolean().default(true),
});

/** The seed system's three questions to a model, asked by default. */
const defaultScenarios = {
  early_stage_good_prognosis: { survival_time: 2000, event_occurred: 0, metastasis: 0 },
  metastatic_poor_prognosis: { survival_time: 300, event_occurred: 1, metastasis: 1 },
  typical_patient: { survival_time: 800, event_occurred: 0 },
} as const;

/** The whole configuration, as a YAML file holds it. Every key has a default but the source's path. */
export const configurationSchema = z.strictObject({
  data: z
    .discriminatedUnion("source", [
      demonstrationSourceSchema,
      cbioportalSourceSchema,
      filesSourceSchema,
      gdcSourceSchema,
      postgresSourceSchema,
      omopSourceSchema,
    ])
    .default({ source: "demonstration", patients: 120, genes: 600, seed: 2020 }),
  phi_removal: z
    .strictObject({
      fields_to_remove: z.array(z.string().min(1)).default([]),
      age_precision_years: z.number().min(0.084).max(10).default(0.1).meta({ unit: "years" }),
      date_shift_days: z.int().min(0).max(3650).default(0).meta({ unit: "days" }),
      release: z.string().min(1).max(64).default("osteon"),
      key_path: z.string().min(1).optional(),
    })
    .prefault({}),
  cohort: z
    .strictObject({
      required: z.array(requirementSchema).default(["survival", "age", "metastasis", "mutations", "expression"]),
      small_cohort: z.boolean().default(false),
      gene_aliases: z.string().min(1).optional(),
    })
    .prefault({}),
  features: z
    .strictObject({
      minimum_mutated_patients: z.int().min(1).max(1000).default(3).meta({ unit: "patients" }),
      minimum_measured_fraction: z.number().min(0.05).max(1).default(0.8),
      maximum_mutation_genes: z.int().min(1).max(1000).default(100).meta({ unit: "genes" }),
      maximum_expression_genes: z.int().min(2).max(60_000).default(5000).meta({ unit: "genes" }),
      gene_sets: z.string().min(1).optional(),
      minimum_set_genes: z.int().min(2).max(500).default(5).meta({ unit: "genes" }),
    })
    .prefault({}),
  training: z
    .strictObject({
      architecture: z.enum(["auto", "factor-copula", "cvae", "diffusion"]).default("auto"),
      seed: seedSchema.default(1),
      folds: z.int().min(2).max(20).default(5),
      largest_rank: z.int().min(1).max(200).default(40),
      selection_splits: z.int().min(2).max(50).default(3),
      effective_size_refits: z
        .int()
        .refine((refits) => refits === 0 || (refits >= 5 && refits <= 1000), "must be 0, or 5 to 1000")
        .default(20),
      device: z.enum(["cpu", "cuda", "webgpu"]).default("cpu"),
      threads: z.int().min(1).max(64).default(1),
      pretrain: z.string().min(1).optional(),
      pretrain_expression_profile: z.string().min(1).optional(),
      differential_privacy: differentialPrivacySchema.optional(),
    })
    .superRefine(({ differential_privacy, architecture, pretrain }, context) => {
      if (differential_privacy === undefined) return;
      const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
      if (architecture === "cvae" || architecture === "diffusion") {
        refuse(
          "architecture",
          "must be factor-copula or auto: of no other family is there a fit with differential privacy",
        );
      }
      if (pretrain !== undefined) {
        refuse("pretrain", "must be left out: it is for networks, which are not trained with differential privacy");
      }
    })
    .prefault({}),
  generation: z
    .strictObject({
      seed: seedSchema.default(1),
      unconditional_patients: z.int().min(0).max(1_000_000).default(1000).meta({ unit: "patients" }),
      patients_per_scenario: z.int().min(0).max(1_000_000).default(200).meta({ unit: "patients" }),
      smallest_cell: z.int().min(1).max(50).default(5).meta({ unit: "patients" }),
      scenarios: z.record(nameSchema, profileSchema).default(defaultScenarios),
    })
    .prefault({}),
  validation: z
    .strictObject({
      seed: seedSchema.default(1),
      splits: z.int().min(2).max(200).default(20),
      hold_out_fraction: z.number().min(0.1).max(0.5).default(0.3),
      synthetic_patients: z.int().min(50).max(100_000).default(500).meta({ unit: "patients" }),
      families: z.enum(["released", "all"]).default("released"),
      shadow_models: z.int().min(0).max(1000).default(16),
    })
    .prefault({}),
  encryption: encryptionSchema.prefault({}),
  registry: z
    .strictObject({
      directory: z.string().min(1).default("osteon-data/registry"),
      signing_key_path: z.string().min(1).optional(),
      signing_key_command: keyCommandSchema.optional(),
      trusted_keys: z.array(z.string().min(1)).default([]),
      metadata: z.enum(["directory", "postgres"]).default("directory"),
      packages: z.union([z.literal("directory"), z.strictObject({ s3: objectStorageSchema })]).default("directory"),
    })
    .superRefine(refuseTwoKeys("signing_key_path", "signing_key_command"))
    .superRefine(askForPublicHalf)
    .prefault({}),
  backup: z
    .strictObject({
      directory: z.string().min(1).default("osteon-data/backups"),
      recipients: z.array(z.string().min(1)).default([]),
      keep: z.int().min(1).max(100_000).optional().meta({ unit: "backups" }),
    })
    .prefault({}),
  audit: auditConfigurationSchema.prefault({}),
  drift: driftConfigurationSchema.prefault({}),
  logging: loggingConfigurationSchema.prefault({}),
  storage: z.strictObject({ directory: z.string().min(1).default("osteon-data/ledger") }).prefault({}),
  service: serviceConfigurationSchema.prefault({}),
  observability: observabilityConfigurationSchema.prefault({}),
  alerts: alertsConfigurationSchema.prefault({}),
});

/** A configuration with every default filled in. */
export type Configuration = z.infer<typeof configurationSchema>;
