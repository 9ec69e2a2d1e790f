import { join } from "node:path";
import { syntheticPatientNotice } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { exportModel, exportWarning } from "@osteon/pipeline";
import { writeFileAtomically } from "@osteon/registry";
import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { openPackage } from "../../open-model.ts";
import { bytesOf } from "../../terminal/amounts.ts";
import { osteonVersion } from "../../version.ts";
import { keysOf } from "../../keys/command-keys.ts";

interface ExportOptions {
  readonly model: string;
  readonly config?: string;
  readonly key?: string;
  readonly out: string;
  readonly format: string;
  readonly int8?: boolean;
  readonly json?: boolean;
}

/** `osteon models export`: a model for other software. */
export function addExportCommand(models: Command, context: CommandContext): void {
  models
    .command("export")
    .summary("write a model for other software")
    .description(
      "Writes the model as an ONNX file that any ONNX Runtime reads, from normal variates to mutations, copy number " +
        "and expression, and beside it a JSON file that says what goes in and comes out.\n\n" +
        "The files are not encrypted and refuse no condition: whoever has them can generate patients of any profile, " +
        "also of one that generate and serve refuse because too few training patients have it.",
    )
    .requiredOption("-m, --model <path>", "run directory or sealed package")
    .requiredOption("-o, --out <directory>", "folder for model.onnx (or model.int8.onnx) and its JSON file")
    .option("-c, --config <file>", "configuration; its groups encryption and audit are used")
    .option("-k, --key <file>", "identity file that opens the package; by default the run's own")
    .option("--format <name>", "onnx", "onnx")
    .option("--int8", "networks in 8-bit integers: smaller and faster, where validation found them as good")
    .option("--json", "print what was written as JSON on standard output")
    .addHelpText("after", "\nExample:\n  osteon models export --model osteon-data/run --out exported")
    .action(async (options: ExportOptions) => {
      if (options.format !== "onnx") {
        throw osteonError("configuration.option", { option: "--format", allowed: "onnx", command: "models export" });
      }
      const configuration = await configurationFrom(options.config, context.environment);
      const { opened } = await openPackage(options.model, options.key, keysOf(context, configuration));
      const { graph, description } = await exportModel(opened, { int8: options.int8 ?? false });
      const name = options.int8 ? "model.int8" : "model";
      const files = { graph: join(options.out, `${name}.onnx`), description: join(options.out, `${name}.json`) };
      const about = { notice: syntheticPatientNotice, osteonVersion, ...description };
      const detail = { model: opened.manifest.modelVersion, format: options.int8 ? "onnx-int8" : "onnx" };
      await withAudit({ configuration, registry: undefined }, context, ({ log, principal }) =>
        log.during({ action: "model.exported", principal, detail }, async () => {
          await writeFileAtomically(files.graph, graph);
          await writeFileAtomically(files.description, new TextEncoder().encode(`${JSON.stringify(about, null, 2)}\n`));
        }),
      );
      if (options.json) {
        const { modelVersion } = opened.manifest;
        context.print(JSON.stringify({ ...files, modelVersion, conditionFloor: null, warning: exportWarning }));
        return;
      }
      context.terminal.line(`${files.graph} (${bytesOf(graph.length)}) and ${files.description} are written.`);
      context.terminal.line(`Warning: ${exportWarning}`);
    });
}
