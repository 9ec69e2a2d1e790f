import { basename, dirname } from "node:path";
import { listGdcFiles, readGdcDownload } from "@osteon/connectors";
import type { Configuration } from "@osteon/contracts";
import { digestFiles } from "../file-digests.ts";
import type { Source } from "./source.ts";

type Settings = Extract<Configuration["data"], { source: "gdc" }>;

/** A project of the Genomic Data Commons, as `osteon source download` left it. */
export function openGdcSource({ path, clinical_supplement: supplements, ...settings }: Settings): Source {
  return {
    settings,
    digest: async () => {
      const download = await digestFiles(path, await listGdcFiles(path));
      const tables = await Promise.all(supplements.map((table) => digestFiles(dirname(table), [basename(table)])));
      return { download, ...(tables.length > 0 && { clinicalSupplement: tables.join(" ") }) };
    },
    read: (options) =>
      readGdcDownload(path, {
        ...options,
        expression: settings.expression,
        geneTypes: settings.gene_types,
        clinicalSupplements: supplements,
      }),
  };
}
