import { mkdir, readFile } from "node:fs/promises";
import { factsOfPackage } from "@osteon/pipeline";
import { signPackage } from "@osteon/registry";
import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { openPackage } from "../../open-model.ts";
import { obtainSigningKey, openRegistry } from "../../registry/open-registry.ts";
import { resolveRegistry, withRegistryOptions, type RegistryOptions } from "../../registry/registry-command.ts";
import { keysOf } from "../../keys/command-keys.ts";

interface AddOptions extends RegistryOptions {
  readonly model: string;
  readonly key?: string;
}

/** `osteon models add`: signs a sealed model and takes it into the registry. */
export function addAddCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("add"))
    .summary("sign a sealed model and take it into the registry")
    .description(
      "Checks a sealed package, signs it and takes it into the registry, which is made if it is not there. The " +
        "signature covers what the release gate said.\n\nA version that the registry has is left as it is.",
    )
    .requiredOption("-m, --model <path>", "run directory or sealed package")
    .option("-k, --key <file>", "identity file that opens the package; by default the run's own")
    .addHelpText("after", "\nExample:\n  osteon models add --model osteon-data/run")
    .action(async (options: AddOptions) => {
      const { configuration, place } = await resolveRegistry(options, context);
      const { opened, path } = await openPackage(options.model, options.key, keysOf(context, configuration));
      const facts = factsOfPackage(opened);
      const request = { configuration, registry: place.directory };
      const { isNew } = await withAudit(request, context, ({ log, principal }) =>
        log.during({ action: "model.added", principal, detail: { model: facts.modelVersion } }, async () => {
          const key = await obtainSigningKey(place);
          // Where the key lies elsewhere, nothing has made the registry's directory yet.
          await mkdir(place.directory, { recursive: true });
          const sealed = await readFile(path);
          const registry = await openRegistry(place);
          return registry.add({ sealed, envelope: signPackage(sealed, facts, key) }, path);
        }),
      );
      if (options.json) context.print(JSON.stringify({ ...facts, isNew }));
      else context.print(`${facts.modelVersion} ${isNew ? "is in" : "was already in"} ${place.directory}`);
    });
}
