import { z } from "zod";
import { scopeSchema } from "./scopes.ts";
import { isSecureAddress } from "./secure-address.ts";
import { servingKeys } from "./serving-configuration.ts";

/** Signatures with a public key. None is symmetric: a public key could then be used to sign. */
const signatureAlgorithmSchema = z.enum([
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
]);

const pathSchema = z.string().min(1);

const oidcSchema = z
  .strictObject({
    issuer: z.string().min(1),
    audience: z.string().min(1),
    jwks_url: z
      .string()
      // Keys that come in plain could be anybody's.
      .refine(isSecureAddress, "must be an https address; http is taken for this computer alone")
      .optional(),
    jwks_path: pathSchema.optional(),
    scope_claim: z.string().min(1).max(200).optional(),
    scopes: z.record(z.string().min(1).max(200), z.array(scopeSchema).min(1)).optional(),
    algorithms: z.array(signatureAlgorithmSchema).min(1).default(["RS256", "PS256", "ES256", "EdDSA"]),
    subject_key_path: pathSchema.optional(),
  })
  .superRefine(({ jwks_url, jwks_path, scope_claim, scopes }, context) => {
    if ((jwks_url === undefined) === (jwks_path === undefined)) {
      context.addIssue({ code: "custom", message: "must have one of the keys jwks_url and jwks_path" });
    }
    // A role named admin in the hospital's directory must not become an administrator of this service by its name.
    if (scope_claim !== undefined && scopes === undefined) {
      context.addIssue({
        code: "custom",
        path: ["scope_claim"],
        message: "needs oidc.scopes beside it, which says what each role may do",
      });
    }
  });

const patientsADay = z.int().min(0).max(1_000_000_000);

/** How much one token, one profile, one address may ask for; 0 where there is to be no such limit. */
export const serviceLimitsSchema = z.strictObject({
  bulk_above: z.int().min(1).max(1_000_000).default(100).meta({ unit: "patients" }),
  requests_per_minute: z.int().min(0).max(1_000_000).default(3_000).meta({ unit: "requests" }),
  patients_per_day: patientsADay.default(10_000).meta({ unit: "patients" }),
  profile_patients_per_day: patientsADay.default(1_000).meta({ unit: "patients" }),
  profile_patients_per_day_in_all: patientsADay.default(5_000).meta({ unit: "patients" }),
  refusals_per_minute: z.int().min(0).max(1_000_000).default(30).meta({ unit: "requests" }),
});

const networkNames = ["loopback", "linklocal", "uniquelocal"];

/** Where the service listens and whom it answers. */
export const serviceConfigurationSchema = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.int().min(0).max(65_535).default(8080),
  token_path: pathSchema.optional(),
  keys_directory: pathSchema.optional(),
  oidc: oidcSchema.optional(),
  limits: serviceLimitsSchema.prefault({}),
  tls: z.strictObject({ certificate_path: pathSchema, key_path: pathSchema }).optional(),
  behind_proxy: z.boolean().default(false),
  trust_proxy: z
    .array(
      z
        .string()
        .refine(isNetwork, `must be an IP address, a network such as 10.0.0.0/8, or ${networkNames.join(", ")}`),
    )
    .default([]),
  ...servingKeys,
});

export type ServiceConfiguration = z.infer<typeof serviceConfigurationSchema>;
export type ServiceLimits = z.infer<typeof serviceLimitsSchema>;
export type OidcConfiguration = z.infer<typeof oidcSchema>;
export type SignatureAlgorithm = z.infer<typeof signatureAlgorithmSchema>;

function isNetwork(text: string): boolean {
  const forms = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()];
  return networkNames.includes(text) || forms.some((form) => form.safeParse(text).success);
}
