import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.object({
  uses: z.string().optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "none"])).optional(),
  "timeout-minutes": z.number().optional(),
  environment: z.unknown().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  strategy: z.object({ matrix: z.object({ node: z.array(z.number()) }) }).optional(),
  steps: z.array(stepSchema).optional(),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(["read", "none"])),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(z.string(), jobSchema),
});

export interface WorkflowFile {
  readonly name: string;
  readonly text: string;
  readonly workflow: z.output<typeof workflowSchema>;
}

const folder = new URL("../../.github/workflows", import.meta.url).pathname;

/** All workflows of the project; a workflow without permissions or concurrency of its own is refused. */
export function readWorkflowFiles(): WorkflowFile[] {
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return { name, text, workflow: workflowSchema.parse(parse(text)) };
  });
}
