/** Whether statistics are to be shown at their full size: `npm run test:exhaustive`. */
export const isExhaustive = process.env["OSTEON_EXHAUSTIVE"] === "1";
