import { Command, type Argument } from "commander";
import type { CommandContext } from "./command-context.ts";
import { headingOf, type AddCommand } from "./commands/command-loaders.ts";
import { osteonVersion } from "./version.ts";

/** The command line with these commands; see `loadCommands`. */
export function createProgram(context: CommandContext, commands: readonly AddCommand[]): Command {
  const program = new Command("osteon")
    .description(
      "Turns a small cohort of osteosarcoma patients into a generator of synthetic ones.\n\n" +
        "Synthetic patients are for research; they are not for clinical decisions.",
    )
    .version(osteonVersion)
    .configureHelp({
      // Without "[options]", which every one has.
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" "),
    })
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
  for (const add of commands) add(program, context);
  for (const command of program.commands) command.helpGroup(headingOf(command.name()));
  // Each has its --help.
  for (const command of [program, ...program.commands]) command.helpCommand(false);
  return program;
}

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}
