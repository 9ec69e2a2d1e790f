import { z } from "zod";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { explainFailure, runNpm, type NpmOutput } from "../run-npm.ts";

const advisorySchema = z.object({
  source: z.union([z.number(), z.string()]),
  title: z.string(),
  severity: z.string(),
  url: z.string(),
  range: z.string(),
});
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), nodes: z.array(z.string()), via: z.array(z.union([z.string(), advisorySchema])) }),
  ),
  metadata: z.object({ dependencies: z.object({ total: z.number() }) }),
});

/** Asks the registry which of the locked packages have known vulnerabilities. */
export async function auditDependencies(root: string): Promise<CheckResult> {
  const all = await runNpm(root, ["audit", "--json"]);
  const production = await runNpm(root, ["audit", "--json", "--omit=dev"]);
  return readAudit(all, production);
}

/** @param production the same of what an installation runs */
export function readAudit(all: NpmOutput, production: NpmOutput): CheckResult {
  const check = "dependencies";
  const [whole, shipped] = [all, production].map(({ stdout }) => reportSchema.safeParse(parseJson(stdout)));
  if (!whole!.success) return { check, notChecked: explainFailure(all) };
  if (!shipped!.success) return { check, notChecked: explainFailure(production) };
  const findings = Object.values(whole!.data.vulnerabilities).flatMap(({ name, nodes, via }) =>
    via.flatMap((advisory): Finding[] => {
      // A text names the package that it comes from, which has an entry of its own.
      if (typeof advisory === "string") return [];
      const use = name in shipped!.data.vulnerabilities ? "production" : "development";
      const id = `${advisory.url.split("/").at(-1)} ${name}`;
      return [
        {
          check,
          id,
          says: `${advisory.title} (${advisory.severity}, ${use}, ${advisory.range})`,
          where: nodes.join(", "),
        },
      ];
    }),
  );
  return { check, looked: `${whole!.data.metadata.dependencies.total} packages, production and development`, findings };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
