import { defineErrors } from "../definition.ts";

export const generatorErrors = defineErrors({});
