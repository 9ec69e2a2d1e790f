import { osteonError } from "@osteon/errors";
import { openPackage } from "@osteon/registry";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { keysOf, readNamedIdentity } from "../../keys/command-keys.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { resolveRegistry, withRegistryOptions, type RegistryOptions } from "../../registry/registry-command.ts";
import { countOf } from "../../terminal/amounts.ts";

interface VerifyOptions extends RegistryOptions {
  readonly key?: string;
}

/** `osteon models verify`: that nothing was altered, and by whom it was signed. */
export function addVerifyCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("verify"))
    .summary("check signatures, and with a key the sealed content too")
    .description(
      "Checks the history of what was on air and the signature of each version, or of the one given. With a key the " +
        "packages are opened and every digest inside is checked as well. Exit code 4 where anything does not hold.",
    )
    .argument("[version]", "16 hexadecimal digits; all versions if left out")
    .option("-k, --key <file>", "identity file that opens the packages")
    .action(async (given: string | undefined, options: VerifyOptions) => {
      const { configuration, place } = await resolveRegistry(options, context);
      const registry = await openRegistry(place);
      const history = await registry.history();
      const identity = await readNamedIdentity(options.key, keysOf(context, configuration));
      const versions = given === undefined ? (await registry.list()).map(({ version }) => version) : [given];
      const results: { readonly version: string; readonly problem: string | null }[] = [];
      for (const version of versions) {
        try {
          const { sealed } = await registry.fetch(version);
          if (identity !== undefined) await openPackage(sealed, identity, `model ${version}`);
          results.push({ version, problem: null });
        } catch (error) {
          results.push({ version, problem: (error as Error).message });
        }
      }
      // What is on air has to be there; a version that was pruned long ago need not.
      const onAir = history.at(-1)?.version;
      if (given === undefined && onAir !== undefined && !versions.includes(onAir)) {
        results.push({ version: onAir, problem: "It is on air and the registry does not have it." });
      }
      const opened = identity === undefined ? "signature holds" : "signature and content hold";
      if (options.json) context.print(JSON.stringify({ moves: history.length, versions: results }, null, 2));
      else {
        context.print(`History: ${countOf(history.length, "move")}, signed and unbroken`);
        for (const { version, problem } of results) context.print(`${version}  ${problem ?? opened}`);
      }
      const broken = results.filter(({ problem }) => problem !== null).map(({ version }) => version);
      if (broken.length > 0) throw osteonError("registry.verification", { versions: broken.join(", ") });
    });
}
