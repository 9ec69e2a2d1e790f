import type { Configuration } from "@osteon/contracts";
import { openCbioportalSource } from "./cbioportal-source.ts";
import { openDemonstrationSource } from "./demonstration-source.ts";
import { openFilesSource } from "./files-source.ts";
import type { Source } from "./source.ts";

/** The source that the configuration names; nothing is read yet. */
export function openSource(data: Configuration["data"]): Source {
  switch (data.source) {
    case "demonstration":
      return openDemonstrationSource(data);
    case "cbioportal":
      return openCbioportalSource(data);
    case "files":
      return openFilesSource(data);
  }
}
