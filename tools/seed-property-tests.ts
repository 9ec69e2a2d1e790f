import { env } from "node:process";
import fc from "fast-check";

/**
 * Property tests draw the same cases every time, so that a failure belongs to a change.
 * `PROPERTY_SEED=$RANDOM npm test` looks further.
 */
fc.configureGlobal({ seed: Number(env["PROPERTY_SEED"] ?? 20_261_129) });
