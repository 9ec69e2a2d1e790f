import { defineErrors } from "../definition.ts";

export const deidentificationErrors = defineErrors({});
