import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { auditUnwritten, createLogger, modelLoaded, modelRefused, type Logger } from "@osteon/observability";
import { runLayout } from "@osteon/pipeline";
import type { OpenedPackage } from "@osteon/registry";
import type { ModelSource, WebParts } from "@osteon/service";
import type { Command } from "commander";
import { keysDirectoryOf } from "../access/keys-directory.ts";
import { refusePlainHttp } from "../access/refuse-plain-http.ts";
import type { TokenSource } from "../api-tokens.ts";
import { openServiceAudit } from "../audit/service-audit.ts";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { keysOf } from "../keys/command-keys.ts";
import { ModelLoads } from "../monitoring/model-loads.ts";
import { observabilityOf } from "../monitoring/monitoring-directory.ts";
import { isRunDirectory, openPackage } from "../open-model.ts";
import { followProduction } from "../registry/follow-production.ts";
import { openRegistry, readSigningKeyOf, registryPlaceOf } from "../registry/open-registry.ts";
import { readOpeningKey } from "../registry/registry-command.ts";
import { loadIntoThreads } from "../serving/load-into-threads.ts";
import { driftDirectoryOf } from "../drift/drift-records.ts";
import { openDriftSource } from "../drift/drift-source.ts";
import { scheduleDriftChecks } from "../drift/schedule-checks.ts";
import { auditWeb } from "../web/audited-moves.ts";
import { catalogueOfRegistry } from "../web/registry-catalogue.ts";
import { readRunProgress } from "../web/run-progress.ts";
import { catalogueOfModel } from "../web/single-model-catalogue.ts";
import { parsePort } from "./port.ts";

interface ServeOptions {
  readonly model?: string;
  readonly registry?: string;
  readonly config?: string;
  readonly key?: string;
  readonly host?: string;
  readonly port?: string;
  readonly log?: string;
  readonly run?: string;
}

/** `osteon serve`: the HTTP service. */
export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command("serve")
    .summary("serve the model, its interface and the web application")
    .description(
      "Serves a sealed model: synthetic patients by POST /generate, its state by GET /health, the whole interface at " +
        "/docs, the web application at /app. " +
        "It ends in order on SIGTERM or SIGINT: requests under way are answered first.\n\n" +
        "Without --model it serves what is on air in the registry, and follows it: after a promotion or a rollback " +
        "the next request is answered by the other model. A model that does not load changes nothing.",
    )
    .option("-m, --model <path>", "run directory or sealed package, whose signature is not asked for")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option(
      "-c, --config <file>",
      "configuration; its groups registry, encryption, audit, logging and service are used",
    )
    .option("-k, --key <file>", "identity file that opens the package; by default the run's own")
    .option("--host <name>", "address to listen on; overrides service.host")
    .option("--port <number>", "port, 0 for any free one; overrides service.port")
    .option("--run <directory>", "run directory whose progress the web application shows while it is trained")
    .option("--log <file>", "write the log to this file; overrides logging.path")
    .addHelpText(
      "after",
      "\nIt accepts API keys (osteon keys), tokens of the identity provider named in\n" +
        "service.oidc, and the tokens that the first of these holds:\n" +
        "  OSTEON_API_TOKEN       tokens joined by commas\n" +
        "  OSTEON_API_TOKEN_FILE  a file with one a line\n" +
        "  service.token_path     the same, named in the configuration\n" +
        "  keys/api-token         of the run or the registry, or api-token beside the\n" +
        "                         package; made with a fresh token if it is not there and\n" +
        "                         there is neither a key nor an identity provider\n" +
        "The identity file may also be named by OSTEON_KEY_FILE or encryption.key_path; a\n" +
        "passphrase may protect it, or encryption.key_command print it (docs/keys.md).\n" +
        "\nExample:\n" +
        "  osteon serve --model osteon-data/run &\n" +
        '  curl -H "Authorization: Bearer $(cat osteon-data/run/keys/api-token)" \\\n' +
        "    -H 'Content-Type: application/json' \\\n" +
        '    -d \'{"survival_time": 800, "event_occurred": 0}\' \\\n' +
        "    http://127.0.0.1:8080/generate",
    )
    .action(async (options: ServeOptions) => {
      // The web framework takes as long to load as all the rest, which other commands need not wait for.
      const [{ openAuthenticator }, { openServiceSources }, { startService }] = await Promise.all([
        import("../access/open-authenticator.ts"),
        import("../monitoring/service-sources.ts"),
        import("../start-service.ts"),
      ]);
      const configuration = await configurationFrom(options.config, context.environment);
      const { host, port, token_path: configured } = configuration.service;
      const service = {
        ...configuration.service,
        host: options.host ?? host,
        port: options.port === undefined ? port : parsePort(options.port, "serve"),
      };
      // Before the model is opened.
      refusePlainHttp(service);
      const { logging } = configuration;
      const logger = createLogger({
        destination: options.log ?? logging.path ?? process.stderr,
        level: logging.level,
        rotation: { maxBytes: logging.max_bytes, files: logging.files },
      });
      const modelLoads = new ModelLoads();
      await using source = await openSource(options, context, configuration, logger, modelLoads);
      const { model, refusal, web } = source;
      const registryDirectory = options.registry ?? configuration.registry.directory;
      const keysDirectory = keysDirectoryOf(configuration, options.registry);
      const { authenticator, place } = await openAuthenticator(
        {
          configuration,
          keysDirectory,
          tokens: {
            fromEnvironment: context.environment["OSTEON_API_TOKEN"],
            ...tokenFileOf(options, context.environment["OSTEON_API_TOKEN_FILE"], configured, configuration),
          },
          logger,
        },
        context,
      );
      const audit = await openServiceAudit({
        configuration,
        keys: keysOf(context, configuration),
        registry: options.model === undefined ? registryDirectory : undefined,
        onUnwritten: (errorCode) => logger.log(auditUnwritten, { errorCode }),
      });
      const driftDirectory = driftDirectoryOf(configuration, registryDirectory);
      const drift = openDriftSource(driftDirectory);
      const { address, stopped } = await startService(
        {
          model,
          authenticator,
          service,
          audit,
          observability: observabilityOf(configuration, options.registry),
          alerts: configuration.alerts,
          sources: openServiceSources({
            configuration,
            registryDirectory,
            isFromRegistry: options.model === undefined,
            identityPath: keysOf(context, configuration).identity(options.key)?.path,
            keysDirectory,
            refusal,
            drift,
            signal: context.signal,
          }),
          modelLoads,
          web: { drift, ...(audit === undefined ? web : { ...auditWeb(web, audit.log), audit: audit.source }) },
          logger,
        },
        context,
      );
      context.terminal.line(`Serving ${describeModel(model)}, at ${address} (${place})`);
      if (context.passphrases?.wereTyped && configuration.drift.check_every_hours !== undefined) {
        context.terminal.line(
          "Scheduled drift checks cannot ask for a passphrase: OSTEON_PASSPHRASE_FILE has to name it.",
        );
      }
      if (options.config !== undefined) {
        scheduleDriftChecks({
          configuration,
          configurationFile: options.config,
          directory: driftDirectory,
          model: [
            ...(options.model === undefined ? ["--registry", registryDirectory] : ["--against", options.model]),
            ...(options.key === undefined ? [] : ["--key", options.key]),
          ],
          environment: context.environment,
          logger,
          signal: context.signal,
        });
      }
      context.terminal.line(`The web application: ${address}/app/`);
      await stopped;
    });
}

/** Its disposal frees what is loaded, once nothing is under way. */
interface OpenedSource extends AsyncDisposable {
  readonly model: ModelSource;
  /** Code for which what ought to be on air is not; undefined where it is. */
  readonly refusal: () => string | undefined;
  readonly web: WebParts;
}

/** The one model that is named, or what is on air in the registry. */
async function openSource(
  options: ServeOptions,
  context: CommandContext,
  configuration: Configuration,
  logger: Logger,
  modelLoads: ModelLoads,
): Promise<OpenedSource> {
  const followed = options.run ?? (options.model !== undefined && isRunDirectory(options.model) ? options.model : null);
  const run = followed === null ? {} : { run: () => readRunProgress(followed) };
  const load = (opened: OpenedPackage) => loadIntoThreads(opened, configuration.service.workers, logger);
  if (options.model !== undefined) {
    const began = performance.now();
    const { opened } = await openPackage(options.model, options.key, keysOf(context, configuration));
    const model = await load(opened);
    modelLoads.record(model.modelVersion, performance.now() - began);
    return {
      model: () => model,
      refusal: () => undefined,
      web: { catalogue: catalogueOfModel(opened), ...run },
      [Symbol.asyncDispose]: model.retire,
    };
  }
  const place = registryPlaceOf(configuration, context, options.registry);
  const registry = await openRegistry(place);
  const identity = await readOpeningKey(options.key, context, configuration, place);
  const follower = await followProduction({
    registry,
    identity,
    signal: context.signal,
    load,
    onLoaded: ({ modelVersion }, durationMs) => {
      logger.log(modelLoaded, { modelVersion, durationMs });
      modelLoads.record(modelVersion, durationMs);
    },
    onRefused: (errorCode) => logger.log(modelRefused, { errorCode }),
  });
  return {
    model: follower.current,
    refusal: follower.refusal,
    web: { catalogue: catalogueOfRegistry({ registry, identity, signingKey: await readSigningKeyOf(place) }), ...run },
    [Symbol.asyncDispose]: follower.stop,
  };
}

function describeModel(model: ModelSource): string {
  const synthesiser = model();
  if (synthesiser === undefined) return "no model yet: nothing was promoted";
  return `model ${synthesiser.modelVersion}${synthesiser.trainedOnSimulatedPatients ? ", trained on simulated patients" : ""}`;
}

function tokenFileOf(
  { model, registry }: ServeOptions,
  named: string | undefined,
  configured: string | undefined,
  configuration: Configuration,
): Omit<TokenSource, "fromEnvironment"> {
  if (named) return { path: named, option: "OSTEON_API_TOKEN_FILE", create: false };
  if (configured !== undefined) return { path: configured, option: "service.token_path", create: false };
  if (model === undefined) {
    const directory = registry ?? configuration.registry.directory;
    return { path: join(directory, "keys", "api-token"), option: "--registry", create: true };
  }
  const path = isRunDirectory(model) ? join(model, runLayout.apiToken) : join(dirname(model), "api-token");
  return { path, option: "--model", create: true };
}
