import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { resolveKeys, withKeysOptions, type KeysOptions } from "./keys-command.ts";

interface WhoisOptions extends KeysOptions {
  readonly subjects: string;
}

/** `osteon keys whois`: the ids that people have in logs. */
export function addWhoisCommand(keys: Command, context: CommandContext): void {
  withKeysOptions(keys.command("whois"))
    .summary("ids that people of the identity provider have in logs")
    .description(
      "Logs and audit trail name people of the identity provider by a keyed hash of their subject (claim sub). This " +
        "gives the hash of subjects that you know, one a line, so that an entry can be traced by whoever holds the key. " +
        "It needs service.oidc in the configuration.",
    )
    .requiredOption("--subjects <file>", "subjects, one a line")
    .action(async (options: WhoisOptions) => {
      const [{ obtainSubjectKey, subjectId }, { subjectKeyPathOf }] = await Promise.all([
        import("@osteon/service"),
        import("../../access/open-authenticator.ts"),
      ]);
      const { configuration, directory } = await resolveKeys(options, context);
      const { oidc } = configuration.service;
      if (oidc === undefined) {
        const allowed = "a configuration with service.oidc";
        throw osteonError("configuration.option", { option: "--config", allowed, command: "keys whois" });
      }
      const key = await obtainSubjectKey(subjectKeyPathOf(oidc, directory));
      const found = (await readLines(options.subjects)).map((subject) => ({
        id: subjectId(key, oidc.issuer, subject),
        subject,
      }));
      if (options.json) context.print(JSON.stringify(found, null, 2));
      else for (const { id, subject } of found) context.print(`${id}  ${subject}`);
    });
}

async function readLines(file: string): Promise<readonly string[]> {
  try {
    const lines = (await readFile(file, "utf8")).split(/\r\n|\n|\r/).map((line) => line.trim());
    return lines.filter((line) => line !== "");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.file", { file, option: "--subjects", reason }, { cause: error });
  }
}
