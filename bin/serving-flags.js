/**
 * V8's flags for a process that answers requests (`bench/service-load.ts`; docs/performance.md, “The heap”).
 *
 * Of what requests allocate, 15 to 20 % outlives a young collection: optimised async functions seem to leave garbage
 * that keeps that of later requests alive until the next full one. By default a young collection then stops the
 * service for 10 to 40 ms, and a full one takes place four times a second. A small young generation makes the first
 * 2 to 5 ms long; old space that may grow to four times what is alive makes the other rare.
 *
 * @type {readonly string[]}
 */
export const servingFlags = ["--max-semi-space-size=8", "--heap-growing-percent=300"];
