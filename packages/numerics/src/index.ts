export { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./normal-distribution.ts";
export { philox4x32 } from "./philox.ts";
export { RandomStream, streamId } from "./random-stream.ts";
