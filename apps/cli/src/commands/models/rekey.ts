import { resealPackage, signPackage, type StoredPackage } from "@osteon/registry";
import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { obtainSigningKey, openRegistry } from "../../registry/open-registry.ts";
import {
  readOpeningKey,
  resolveRegistry,
  withRegistryOptions,
  type RegistryOptions,
} from "../../registry/registry-command.ts";
import { countOf } from "../../terminal/amounts.ts";
import { collectValues } from "../collect-values.ts";

interface RekeyOptions extends RegistryOptions {
  readonly key?: string;
  readonly recipient: readonly string[];
}

/** `osteon models rekey`: seals the versions for other custodians. */
export function addRekeyCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("rekey"))
    .summary("seal the versions for other keys")
    .description(
      "Seals every version, or the one given, anew for the public keys given, and signs it again. Content and version " +
        "stay. Afterwards only those keys open it: name the present one too if it shall go on opening.\n\n" +
        "Copies and backups from before are still opened by the old keys.",
    )
    .argument("[version]", "16 hexadecimal digits; all versions if left out")
    .requiredOption("--recipient <key>", "public key age1…; may be repeated", collectValues)
    .option("-k, --key <file>", "identity file that opens the versions now")
    .action(async (given: string | undefined, options: RekeyOptions) => {
      const { configuration, place } = await resolveRegistry(options, context);
      const registry = await openRegistry(place);
      const identity = await readOpeningKey(options.key, context, configuration, place);
      const signingKey = await obtainSigningKey(place);
      const versions = given === undefined ? (await registry.list()).map(({ version }) => version) : [given];
      // All of them before any is replaced, so that a key that does not open one leaves everything as it was.
      const resealed: (StoredPackage & { readonly version: string })[] = [];
      for (const version of versions) {
        const { sealed: before, facts } = await registry.fetch(version);
        const sealed = await resealPackage(before, identity, options.recipient, `model ${version}`);
        resealed.push({ version, sealed, envelope: signPackage(sealed, facts, signingKey) });
      }
      const detail = { models: [...versions], recipients: options.recipient.length };
      const request = { configuration, registry: place.directory };
      await withAudit(request, context, ({ log, principal }) =>
        log.during({ action: "models.rekeyed", principal, detail }, async () => {
          for (const { version, ...stored } of resealed) await registry.reseal(version, stored);
        }),
      );
      if (options.json) context.print(JSON.stringify({ versions, recipients: options.recipient.length }));
      else
        context.print(
          `${countOf(versions.length, "version is", "versions are")} sealed for ${countOf(options.recipient.length, "key")}.`,
        );
    });
}
