import type { Synthesiser } from "@osteon/generator";

/**
 * The model on air, asked anew for every request, so that another can take its place while requests run: a
 * request keeps the model that it began with. Undefined while there is none.
 */
export type ModelSource = () => Synthesiser | undefined;
