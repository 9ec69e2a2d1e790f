import { z } from "zod";
import { isLoopbackHost, isSecureAddress } from "./secure-address.ts";

const pathSchema = z.string().min(1);

/** What a running service tells of itself. */
export const observabilityConfigurationSchema = z.strictObject({
  directory: pathSchema.optional(),
  usage_days: z.int().min(2).max(3_660).default(400).meta({ unit: "days" }),
  metrics_port: z.int().min(0).max(65_535).optional(),
  traces: z
    .strictObject({
      endpoint: z
        .string()
        .refine(isSecureAddress, "must be an https address; http is taken for this computer alone")
        .optional(),
      trust_incoming: z.boolean().default(false),
      sampled_share: z.number().min(0).max(1).default(1),
    })
    .prefault({}),
});

const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be 1 to 40 of a–z, 0–9 and -, a letter first");

const ruleKeys = {
  name: nameSchema.optional(),
  severity: z.enum(["warning", "critical"]).default("warning"),
  for_minutes: z.number().min(0).max(10_080).default(0).meta({ unit: "minutes" }),
  channels: z.array(nameSchema).min(1).optional(),
};

const requestRuleKeys = {
  ...ruleKeys,
  window_minutes: z.int().min(1).max(1_440).default(5).meta({ unit: "minutes" }),
  least_requests: z.int().min(1).max(1_000_000).default(20).meta({ unit: "requests" }),
  route: z
    .string()
    .regex(/^\/[a-z:/.-]{0,100}$/, "must be a route such as /generate")
    .optional(),
};

const alertRuleSchema = z.discriminatedUnion("when", [
  z.strictObject({
    when: z.literal("error_rate"),
    ...requestRuleKeys,
    above: z.number().min(0).max(1).default(0.05),
  }),
  z.strictObject({
    when: z.literal("latency_p99"),
    ...requestRuleKeys,
    above_ms: z.number().min(1).max(3_600_000).default(5_000).meta({ unit: "milliseconds" }),
  }),
  z.strictObject({
    when: z.literal("gate_score"),
    ...ruleKeys,
    below: z.number().min(-10).max(10).default(0.85),
  }),
  z.strictObject({
    when: z.literal("backup_age"),
    ...ruleKeys,
    above_hours: z.number().min(0.1).max(8_784).default(26).meta({ unit: "hours" }),
  }),
  z.strictObject({
    when: z.literal("certificate_expiry"),
    ...ruleKeys,
    within_days: z.number().min(0).max(3_660).default(30).meta({ unit: "days" }),
  }),
  z.strictObject({
    when: z.literal("key_expiry"),
    ...ruleKeys,
    within_days: z.number().min(0).max(3_660).default(14).meta({ unit: "days" }),
  }),
  z.strictObject({
    when: z.literal("disk_space"),
    ...ruleKeys,
    below_share: z.number().min(0).max(1).default(0.1),
  }),
  z.strictObject({ when: z.literal("drift"), ...ruleKeys }),
  z.strictObject({ when: z.literal("audit_chain_broken"), ...ruleKeys }),
  z.strictObject({ when: z.literal("model_refused"), ...ruleKeys }),
  z.strictObject({ when: z.literal("no_model"), ...ruleKeys }),
]);

const mailAddressSchema = z
  .string()
  .regex(/^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,190}$/, "must be an address such as it@hospital.example");

const alertChannelSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("webhook"),
    name: nameSchema,
    url: z.string().refine(isSecureAddress, "must be an https address; http is taken for this computer alone"),
    secret_path: pathSchema.optional(),
    ca_path: pathSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal("email"),
    name: nameSchema,
    host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, "must be the name or address of a mail server"),
    port: z.int().min(1).max(65_535).default(587),
    tls: z.enum(["starttls", "implicit", "none"]).default("starttls"),
    username: z.string().min(1).max(200).optional(),
    password_path: pathSchema.optional(),
    from: mailAddressSchema,
    to: z.array(mailAddressSchema).min(1).max(50),
    ca_path: pathSchema.optional(),
  }),
]);

/** What is told to whom when something is wrong. */
export const alertsConfigurationSchema = z
  .strictObject({
    instance: z
      .string()
      .regex(/^[\p{L}\p{N} ._-]{1,64}$/u, "must be 1 to 64 letters, digits, spaces and . _ -")
      .default("osteon"),
    every_seconds: z.int().min(5).max(3_600).default(30).meta({ unit: "seconds" }),
    reminder_hours: z.number().min(0.1).max(720).default(24).meta({ unit: "hours" }),
    rules: z.array(alertRuleSchema).max(100).default([]),
    channels: z.array(alertChannelSchema).max(20).default([]),
  })
  .superRefine(({ rules, channels }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    const channelNames = channels.map(({ name }) => name);
    for (const [i, name] of channelNames.entries()) {
      if (channelNames.indexOf(name) < i)
        refuse(["channels", i, "name"], "must be another name: a channel above has it");
      const channel = channels[i]!;
      if (channel.kind === "email" && channel.tls === "none" && !isLoopbackHost(channel.host)) {
        refuse(["channels", i, "tls"], "must be starttls or implicit: none is taken for this computer alone");
      }
    }
    const ruleNames = rules.map(nameOfRule);
    for (const [i, rule] of rules.entries()) {
      if (ruleNames.indexOf(ruleNames[i]!) < i) {
        refuse(["rules", i, "name"], "must be given, and another one: a rule above has it, or is of the same kind");
      }
      for (const [j, name] of (rule.channels ?? []).entries()) {
        if (!channelNames.includes(name))
          refuse(["rules", i, "channels", j], "must be the name of a channel in alerts.channels");
      }
    }
  });

export type ObservabilityConfiguration = z.infer<typeof observabilityConfigurationSchema>;
export type AlertsConfiguration = z.infer<typeof alertsConfigurationSchema>;
export type AlertRule = z.infer<typeof alertRuleSchema>;
export type AlertKind = AlertRule["when"];
export type AlertChannel = z.infer<typeof alertChannelSchema>;

/** The name that was given to a rule, or else its kind with hyphens. */
export function nameOfRule({ name, when }: { readonly name?: string | undefined; readonly when: AlertKind }): string {
  return name ?? when.replaceAll("_", "-");
}
