/**
 * Whether every variant is tried: each screen in each colour, a kill at each step. `npm run test:exhaustive` asks for it,
 * as do the workflows; `npm run test:slow` takes a part of them, so that it ends in twenty minutes on two cores.
 */
export const isExhaustive = process.env["OSTEON_EXHAUSTIVE"] === "1";
