import { defineErrors } from "../definition.ts";

export const configurationErrors = defineErrors({});
