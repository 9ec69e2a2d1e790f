import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addAddCommand } from "./add.ts";
import { addExportCommand } from "./export.ts";
import { addListCommand } from "./list.ts";
import { addPromoteCommand } from "./promote.ts";
import { addPruneCommand } from "./prune.ts";
import { addRekeyCommand } from "./rekey.ts";
import { addRollbackCommand } from "./rollback.ts";
import { addShowCommand } from "./show.ts";
import { addVerifyCommand } from "./verify.ts";

/** `osteon models …`. */
export function addModelsCommands(program: Command, context: CommandContext): void {
  const models = program
    .command("models")
    .summary("sealed models and which of them is on air")
    .description(
      "The registry holds signed versions that never change, and the history of which was on air.\n\n" +
        "A model goes from a run into the registry (add), on air (promote), and back (rollback). A service that was " +
        "started without --model follows what is on air.",
    );
  addAddCommand(models, context);
  addListCommand(models, context);
  addShowCommand(models, context);
  addVerifyCommand(models, context);
  addPromoteCommand(models, context);
  addRollbackCommand(models, context);
  addPruneCommand(models, context);
  addRekeyCommand(models, context);
  addExportCommand(models, context);
}
