import { scopeSchema, type Scope } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { describeKey, nameOfActor, resolveKeys, withKeysOptions, type KeysOptions } from "./keys-command.ts";
import { parseExpiry } from "./parse-expiry.ts";

interface CreateOptions extends KeysOptions {
  readonly name: string;
  readonly scope: readonly string[];
  readonly expires: string;
  readonly by?: string;
}

/** `osteon keys create`: makes a key and shows it, once. */
export function addCreateCommand(keys: Command, context: CommandContext): void {
  withKeysOptions(keys.command("create"))
    .summary("make a key and show it, once")
    .description(
      "Makes an API key and prints it on standard output, the only time that it can be seen: kept is its hash. " +
        "A running service accepts it within two seconds.",
    )
    .requiredOption("--name <text>", "what or whom it is for")
    .option("--scope <scope...>", `what it may be used for: ${scopeSchema.options.join(", ")}`, ["generate"])
    .option("--expires <when>", "days (90d), years (1y) or the first day without it (2027-01-31)", "1y")
    .option("--by <name>", "who makes it (default: the user of this computer)")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  osteon keys create --name 'simulation study, biostatistics' --expires 90d\n" +
        "  osteon keys create --name nightly --scope generate generate:bulk > key.txt",
    )
    .action(async (options: CreateOptions) => {
      const { drawApiKey, keyCreatorSchema, keyNameSchema, KeyStore } = await import("@osteon/service");
      if (!keyNameSchema.safeParse(options.name).success) refuse("--name", "1 to 100 characters of one line");
      const { configuration, directory, registry } = await resolveKeys(options, context);
      const request = {
        name: options.name,
        scopes: options.scope.map(parseScope),
        expiresAt: parseExpiry(options.expires, new Date()),
        by: nameOfActor(options.by, "keys create", (name) => keyCreatorSchema.safeParse(name).success),
      };
      const drawn = drawApiKey();
      const detail = { keyId: drawn.id, scopes: request.scopes, expires: request.expiresAt.toISOString() };
      const { key, record } = await withAudit({ configuration, registry }, context, ({ log, principal }) =>
        log.during({ action: "api-key.created", principal, detail }, () =>
          new KeyStore(directory).issue(request, drawn),
        ),
      );
      if (options.json) {
        context.print(JSON.stringify({ key, ...describeKey(record) }));
        return;
      }
      context.terminal.line(`Key ${record.id} for ${record.name}: ${record.scopes.join(", ")}`);
      context.terminal.line(`Until ${record.expires_at.slice(0, 10)}. It is not shown again; end it by`);
      context.terminal.line(`  osteon keys revoke ${record.id}`);
      context.print(key);
    });
}

function parseScope(word: string): Scope {
  const parsed = scopeSchema.safeParse(word);
  return parsed.success ? parsed.data : refuse("--scope", `one or several of ${scopeSchema.options.join(", ")}`);
}

function refuse(option: string, allowed: string): never {
  throw osteonError("configuration.option", { option, allowed, command: "keys create" });
}
