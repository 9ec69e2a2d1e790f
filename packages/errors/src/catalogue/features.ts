import { defineErrors } from "../definition.ts";

export const featureErrors = defineErrors({});
