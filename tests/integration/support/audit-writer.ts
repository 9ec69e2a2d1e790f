import { join } from "node:path";
import { AuditTrail } from "@osteon/audit";
import { OsteonError } from "@osteon/errors";
import { readSigningKey } from "@osteon/registry";

/*
 * Enters numbered events until it is killed, eight at a time, and says each number once it was acknowledged. With
 * `until-refused` it ends, in order, with the first that is refused.
 */
const [folder, first, mode] = process.argv.slice(2);
const trail = new AuditTrail({
  directory: folder!,
  key: await readSigningKey(join(folder!, "key.pem")),
  osteonVersion: "0.1.0",
  groupMs: 1,
  segmentBytes: mode === undefined ? 60_000 : 10_000_000,
  checkpointEntries: 20,
});

for (let number = Number(first); ; number += 8) {
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, async (_, offset) => {
      const model = (number + offset).toString(16).padStart(16, "0");
      await trail.append({ action: "model.added", principal: "user:ada", outcome: "succeeded", detail: { model } });
      process.stdout.write(`${number + offset}\n`);
    }),
  );
  const refused = results.find((result) => result.status === "rejected");
  if (refused === undefined) continue;
  const error: unknown = refused.reason;
  process.stdout.write(error instanceof OsteonError ? `${error.code} ${error.parameters["reason"]}\n` : "unknown\n");
  process.exit(0);
}
