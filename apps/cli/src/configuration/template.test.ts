import { configurationSchema, type Configuration } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { configurationWith, parseConfiguration } from "./read-configuration.ts";
import { configurationTemplate } from "./template.ts";

describe("the template that `osteon init` writes", () => {
  it("is the defaults and nothing else", () => {
    expect(parseConfiguration(configurationTemplate, "osteon.yaml", {})).toEqual(configurationWith({}));
  });

  it("holds every key of the schema, those without a default behind a #", () => {
    const paths = keyPaths(configurationSchema);
    expect(paths.length).toBeGreaterThan(35);
    for (const path of paths) expect([path, keyLines().includes(path)]).toEqual([path, true]);
  });

  it("becomes another configuration by taking away a # and the space after it", () => {
    const uncommented = configurationTemplate
      .replace(/^ {2}source: demonstration.*\n(?: {2}\w+: .*\n){3}/m, "")
      .replace(/^ {2}# For a project of the Genomic Data Commons[^]*?(?=^$)/m, "")
      .replace(/^ {2}# For PostgreSQL[^]*?(?=^$)/m, "")
      // Of another source.
      .replaceAll(/^ +# mapping.*\n/gm, "")
      // Networks are not trained with differential privacy.
      .replaceAll(/^ +# pretrain.*\n/gm, "")
      // A key comes from one place.
      .replaceAll(/^ +# (?:signing_)?key_command.*\n/gm, "")
      .replaceAll(/^( +)# (\w+: )/gm, "$1$2");
    const { cohort, data, encryption, features, phi_removal, service, storage, training }: Configuration =
      parseConfiguration(uncommented, "/etc/osteon/osteon.yaml", {});
    expect(data).toEqual({ source: "cbioportal", path: "/etc/os_study", expression_profile: "rna_seq_mrna" });
    expect(encryption.key_path).toBe("/etc/osteon/identity.txt");
    expect(phi_removal.key_path).toBe("/etc/osteon/pseudonym.key");
    expect(cohort.gene_aliases).toBe("/etc/osteon/aliases.tsv");
    expect(features.gene_sets).toBe("/etc/osteon/hallmark.gmt");
    expect(training.differential_privacy).toEqual({ epsilon: 4, delta: 1e-6, gene_panel: "/etc/osteon/panel.gmt" });
    expect(storage.directory).toBe("/etc/osteon/ledger");
    expect(service.token_path).toBe("/etc/osteon/api-token");
  });

  it("becomes one that reads a project of the GDC", () => {
    const block = /^ {2}# For a project of the Genomic Data Commons[^]*?(?=^ {2}# For PostgreSQL)/m.exec(
      configurationTemplate,
    )![0];
    const text = `data:\n${block.replaceAll(/^ {2}# (\w+: )/gm, "  $1")}`;
    expect(parseConfiguration(text, "/etc/osteon/osteon.yaml", {}).data).toEqual({
      source: "gdc",
      path: "/etc/osteon/target-os",
      clinical_supplement: ["/etc/osteon/discovery.csv"],
      expression: "tpm",
      gene_types: ["protein_coding"],
    });
  });

  it("fits a terminal", () => {
    for (const line of configurationTemplate.split("\n")) expect(line.length).toBeLessThanOrEqual(115);
  });
});

/** `group.key` of each line of the template, also of those behind a #. */
function keyLines(): string[] {
  let group = "";
  return configurationTemplate.split("\n").map((line) => {
    group = /^(\w+):/.exec(line)?.[1] ?? group;
    const key = /^ {2}(?:# )?(\w+):/.exec(line)?.[1];
    return key === undefined ? group : `${group}.${key}`;
  });
}

/** Dotted names of the keys of a schema, two levels deep, through every kind of a group. */
function keyPaths(schema: z.core.$ZodType, prefix = ""): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return keyPaths(schema.unwrap(), prefix);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keyPaths(option, prefix));
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, member]) =>
      prefix === "" ? keyPaths(member, key) : [`${prefix}.${key}`],
    );
  }
  return [prefix];
}
