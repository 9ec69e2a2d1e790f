import { fileURLToPath } from "node:url";

/** Where an empty embedded database is kept, so that the next one is made in a fraction of a second. */
export const emptyDatabaseFile = fileURLToPath(
  new URL("../../../node_modules/.cache/osteon/empty-database.tar.gz", import.meta.url),
);
