export { productF64, rowProductF32 } from "./product";
export { fillNormals } from "./normals";
export { applyQuantileTables } from "./quantile-table";
