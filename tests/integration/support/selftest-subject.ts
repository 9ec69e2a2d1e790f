import { join } from "node:path";
import {
  configurationSchema,
  selftestReportSchema,
  type SelftestCheckName,
  type SelftestReport,
} from "@osteon/contracts";
import { keyFile } from "@osteon/registry";
import { exitCodeOf } from "../../../apps/cli/src/exit-codes.ts";
import { registryPlaceOf } from "../../../apps/cli/src/registry/open-registry.ts";
import { checks } from "../../../apps/cli/src/selftest/checks/index.ts";
import { openInstallation } from "../../../apps/cli/src/selftest/installation.ts";
import {
  defaultLimits,
  type CheckOutcome,
  type SelftestLimits,
} from "../../../apps/cli/src/selftest/selftest-check.ts";
import { serviceAt } from "../../../apps/cli/src/selftest/service-under-test.ts";
import { programInProcess } from "./in-process.ts";
import { standInToken } from "./stand-in-service.ts";

/** What one check is made on. */
export interface CheckedSubject {
  readonly url?: string;
  /** A folder with `registry`, `backups`, `audit` and `key.txt`, as far as the check needs them. */
  readonly files?: string;
  readonly limits?: Partial<SelftestLimits>;
}

/** Makes one check, as `osteon selftest` makes it. */
export async function outcomeOf(name: SelftestCheckName, subject: CheckedSubject): Promise<CheckOutcome> {
  const { url, files, limits = {} } = subject;
  const { signal } = new AbortController();
  const configuration = configurationSchema.parse({ backup: { directory: join(files ?? "", "backups") } });
  const service = url === undefined ? undefined : serviceAt(url, standInToken, signal);
  const installation =
    files === undefined
      ? undefined
      : openInstallation({
          configuration,
          place: registryPlaceOf(configuration, { environment: {} }, join(files, "registry")),
          keysDirectory: join(files, "api-keys"),
          identity: keyFile(join(files, "key.txt")),
        });
  try {
    // What the service showed in other checks is there already when a later one is made.
    await service?.silence();
    return await checks
      .find((check) => check.name === name)!
      .run({
        service,
        installation,
        limits: { ...defaultLimits, takeUpMs: 0, ...limits },
        requests: 200,
        acceptOverride: false,
        signal,
      });
  } finally {
    service?.close();
  }
}

/** `osteon selftest --json` as a script sees it; no report where it refuses to begin. */
export async function selftest(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly report: SelftestReport | undefined; readonly code: number }> {
  const printed: string[] = [];
  let code = 0;
  try {
    const program = programInProcess((text) => void printed.push(text), environment);
    await program.parseAsync(["selftest", ...words, "--json"], { from: "user" });
  } catch (error) {
    code = exitCodeOf(error);
  }
  return { report: printed.length === 0 ? undefined : selftestReportSchema.parse(JSON.parse(printed.join(""))), code };
}
