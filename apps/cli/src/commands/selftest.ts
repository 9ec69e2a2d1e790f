import { join } from "node:path";
import type { Configuration, SelftestReport } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import { keysDirectoryOf } from "../access/keys-directory.ts";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { keysOf } from "../keys/command-keys.ts";
import { registryPlaceOf } from "../registry/open-registry.ts";
import { registryFolders } from "../registry/registry-stores.ts";
import { openInstallation, type Installation } from "../selftest/installation.ts";
import { readRequestToken } from "../selftest/request-token.ts";
import { defaultLimits } from "../selftest/selftest-check.ts";
import { serviceAt } from "../selftest/service-under-test.ts";
import { describeSelftest } from "../terminal/describe-selftest.ts";

interface SelftestOptions {
  readonly url?: string;
  readonly config?: string;
  readonly registry?: string;
  readonly key?: string;
  readonly requests: string;
  readonly backupHours: string;
  readonly acceptOverride?: boolean;
  readonly json?: boolean;
}

/** `osteon selftest`: the production tests. */
export function addSelftestCommand(program: Command, context: CommandContext): void {
  program
    .command("selftest")
    .summary("test an installation in production: its service, its model, its files")
    .description(
      "Tests a running service, the files of an installation, or both, and changes nothing but the counts of the " +
        "service's limits and the audit trail, which keeps that it was verified. With --url alone the files are left out; " +
        "with neither --url nor another option the files in osteon-data are tested.\n\n" +
        "Each check has passed, failed, or was not checked, which is told with the reason and fails nothing.\n\n" +
        "Exit code 0: nothing failed. 3: a check failed. 4: one failed of those that protect the installation (access, " +
        "transport, model, version, audit trail, keys). 5: the service does not answer, or has no model.",
    )
    .option("-u, --url <address>", "address of the service; http is taken for this computer alone")
    .option("-c, --config <file>", "configuration of the installation")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option("-k, --key <file>", "identity file that opens the model on air")
    .option("-n, --requests <number>", "requests of one patient whose times are taken, 200 to 10,000", "200")
    .option("--backup-hours <hours>", "how old the last backup may be, 1 to 8,784", `${defaultLimits.backupHours}`)
    .option("--accept-override", "tell a release gate that was overridden with a reason, and do not fail for it")
    .option("--json", "print the report as JSON on standard output")
    .addHelpText(
      "after",
      "\nThe token to ask with is the first of OSTEON_API_TOKEN, of the file that\n" +
        "OSTEON_API_TOKEN_FILE or service.token_path names, or of the registry's\n" +
        "keys/api-token. It needs the scope generate.\n" +
        "\nExample, every morning:\n" +
        "  OSTEON_API_TOKEN_FILE=/etc/osteon/selftest-token osteon selftest \\\n" +
        "    --url https://osteon.hospital.example --config osteon.yaml",
    )
    .action(async (options: SelftestOptions) => {
      const { terminal, signal, environment } = context;
      // With it comes the monitoring, which other commands need not wait for.
      const { runSelftest } = await import("../selftest/run-selftest.ts");
      const configuration = await configurationFrom(options.config, environment);
      const installation = installationOf(options, configuration, context);
      const { url } = options;
      const own = installation && join(installation.place.directory, registryFolders.keys, "api-token");
      const service =
        url === undefined
          ? undefined
          : serviceAt(
              url,
              await readRequestToken({ environment, configured: configuration.service.token_path, own }),
              signal,
            );
      try {
        const subject = {
          service,
          installation,
          limits: {
            ...defaultLimits,
            backupHours: numberOf("--backup-hours", options.backupHours, 1, 8_784, /^\d+(?:\.\d+)?$/),
          },
          requests: numberOf("--requests", options.requests, 200, 10_000, /^\d+$/),
          acceptOverride: options.acceptOverride ?? false,
          signal,
        };
        const report = await runSelftest(subject, (title) => terminal.status(`${title} …`));
        terminal.status("");
        context.print(options.json ? JSON.stringify(report, null, 2) : describeSelftest(report));
        refuseFailed(report);
      } finally {
        service?.close();
      }
    });
}

/** None where an address alone was given: then the files are on another computer. */
function installationOf(
  options: SelftestOptions,
  configuration: Configuration,
  context: CommandContext,
): Installation | undefined {
  const { url, config, registry, key } = options;
  if (url !== undefined && config === undefined && registry === undefined) return undefined;
  return openInstallation({
    configuration,
    place: registryPlaceOf(configuration, context, registry),
    keysDirectory: keysDirectoryOf(configuration, registry),
    identity: keysOf(context, configuration).identity(key),
  });
}

/** @throws `selftest.insecure`, `.unreachable`, `.failed`: the gravest that there is */
function refuseFailed({ checks, service }: SelftestReport): void {
  const failures = checks.filter(({ state }) => state === "failed");
  if (failures.length === 0) return;
  const names = failures.map(({ name }) => name).join(", ");
  const about = { failed: failures.length, checks: checks.length, names };
  if (failures.some(({ kind }) => kind === "security")) throw osteonError("selftest.insecure", about);
  if (failures.some(({ name }) => name === "health")) {
    throw osteonError("selftest.unreachable", { address: service ?? "", names });
  }
  throw osteonError("selftest.failed", about);
}

function numberOf(option: string, text: string, least: number, most: number, form: RegExp): number {
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const allowed = `a number of ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
  throw osteonError("configuration.option", { option, allowed, command: "selftest" });
}
