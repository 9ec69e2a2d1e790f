import type { ServerAddress } from "@osteon/database-server";
import type { Configuration } from "@osteon/contracts";
import { openCbioportalSource } from "./cbioportal-source.ts";
import { openDemonstrationSource } from "./demonstration-source.ts";
import { openGdcSource } from "./gdc-source.ts";
import { openPostgresSource } from "./postgres-source.ts";
import { openFilesSource } from "./files-source.ts";
import type { Source } from "./source.ts";

/**
 * The source that the configuration names; nothing is read yet.
 *
 * @param address of the database server, where the environment names one
 */
export function openSource(data: Configuration["data"], address?: ServerAddress): Source {
  switch (data.source) {
    case "demonstration":
      return openDemonstrationSource(data);
    case "cbioportal":
      return openCbioportalSource(data);
    case "gdc":
      return openGdcSource(data);
    case "postgres":
    case "omop":
      return openPostgresSource(data, address);
    case "files":
      return openFilesSource(data);
  }
}
