import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addAlertsCommands } from "./commands/alerts/index.ts";
import { addAuditCommands } from "./commands/audit/index.ts";
import { addBackupCommands } from "./commands/backup/index.ts";
import { addComplianceCommand } from "./commands/compliance.ts";
import { addDeidentifyCommand } from "./commands/deidentify.ts";
import { addDemoCommands } from "./commands/demo.ts";
import { addDriftCommands } from "./commands/drift/index.ts";
import { addGenerateCommand } from "./commands/generate.ts";
import { addInitCommand } from "./commands/init.ts";
import { addKeysCommands } from "./commands/keys/index.ts";
import { addModelsCommands } from "./commands/models/index.ts";
import { addQuickstartCommand } from "./commands/quickstart.ts";
import { addRestoreCommand } from "./commands/restore.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addSourceCommands } from "./commands/source/index.ts";
import { addValidateCommand } from "./commands/validate.ts";
import { addSelftestCommand } from "./commands/selftest.ts";
import { addServeCommand } from "./commands/serve.ts";
import { osteonVersion } from "./version.ts";

/** The whole command line. */
export function createProgram(context: CommandContext): Command {
  const program = new Command("osteon")
    .description(
      "Turns a small cohort of osteosarcoma patients into a generator of synthetic ones.\n\n" +
        "Synthetic patients are for research; they are not for clinical decisions.",
    )
    .version(osteonVersion)
    .helpCommand(false)
    .showHelpAfterError("Add --help to see what is possible.")
    .exitOverride()
    .addHelpText(
      "after",
      "\nBegin with `osteon quickstart`; every command has its own --help.\n" +
        "\nExit codes:\n" +
        "  0    done\n" +
        "  1    internal fault\n" +
        "  2    bad input or configuration\n" +
        "  3    not passed: data check, de-identification, release gate, selftest\n" +
        "  4    security: wrong key, altered file, secret in a wrong place\n" +
        "  5    unavailable: port or directory in use, disk full\n" +
        "  6    drift check: watch\n" +
        "  7    drift check: drift\n" +
        "  130  interrupted",
    );
  addQuickstartCommand(program, context);
  addInitCommand(program, context);
  addSourceCommands(program, context);
  addRunCommand(program, context);
  addDeidentifyCommand(program, context);
  addValidateCommand(program, context);
  addGenerateCommand(program, context);
  addServeCommand(program, context);
  addSelftestCommand(program, context);
  addDriftCommands(program, context);
  addRunsCommand(program, context);
  addModelsCommands(program, context);
  addAlertsCommands(program, context);
  addKeysCommands(program, context);
  addAuditCommands(program, context);
  addBackupCommands(program, context);
  addRestoreCommand(program, context);
  addComplianceCommand(program, context);
  addDemoCommands(program, context);
  return program;
}
