export { productF64, rowProductF32 } from "./product";
export { sumOfSquares, stepAdamW } from "./adamw";
export { fillDropoutMask, fillNormals } from "./normals";
export { applyQuantileTables } from "./quantile-table";
