import { listStudyFiles, readCbioportalStudy } from "@osteon/connectors";
import type { Configuration } from "@osteon/contracts";
import { digestFiles } from "../file-digests.ts";
import type { Source } from "./source.ts";

type Settings = Extract<Configuration["data"], { source: "cbioportal" }>;

/** A cBioPortal study folder. */
export function openCbioportalSource({ path, ...settings }: Settings): Source {
  return {
    settings,
    digest: async () => ({ study: await digestFiles(path, await listStudyFiles(path)) }),
    read: (options) => readCbioportalStudy(path, { ...options, expressionProfile: settings.expression_profile }),
  };
}
