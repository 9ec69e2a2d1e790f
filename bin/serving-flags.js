/**
 * V8's flags for a process that answers requests (`bench/service-load.ts`; docs/performance.md, “The heap”).
 *
 * Optimised async functions leave garbage that keeps younger garbage of later requests alive until the next full
 * collection, so that a fifth of what a request allocates outlives it. By default a young collection then stops the
 * service for 10 to 40 ms, and a full one takes place four times a second. A small young generation makes the first
 * 2 to 5 ms long; old space that may grow to four times what is alive makes the other rare.
 *
 * @type {readonly string[]}
 */
export const servingFlags = ["--max-semi-space-size=8", "--heap-growing-percent=300"];
