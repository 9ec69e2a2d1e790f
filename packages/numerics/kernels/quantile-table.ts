// AssemblyScript. Values of many variables from their latent normals, each by its own table.

/**
 * x_j = table_j(z_j + s_j e_j): linear between `knots` equally spaced latent levels, linear beyond
 * them with the table's two outer slopes, not below the table's floor.
 *
 * @param table variable-major, knots + 3 singles each: values at the levels, lower slope, upper slope, floor
 */
export function applyQuantileTables(
  latent: usize,
  noise: usize,
  scale: usize,
  table: usize,
  out: usize,
  variables: i32,
  knots: i32,
  firstLevel: f32,
  step: f32,
): void {
  const width = (<usize>(knots + 3)) << 2;
  const inverseStep: f32 = 1 / step;
  const lastLevel = firstLevel + step * <f32>(knots - 1);
  for (let j = 0; j < variables; j++) {
    const at = (<usize>j) << 2;
    const row = table + <usize>j * width;
    const z = load<f32>(latent + at) + load<f32>(scale + at) * load<f32>(noise + at);
    let x: f32;
    if (z <= firstLevel) {
      x = load<f32>(row) + (z - firstLevel) * load<f32>(row + ((<usize>knots) << 2));
    } else if (z >= lastLevel) {
      x = load<f32>(row + ((<usize>(knots - 1)) << 2)) + (z - lastLevel) * load<f32>(row + ((<usize>(knots + 1)) << 2));
    } else {
      const t = (z - firstLevel) * inverseStep;
      const k = min(<i32>t, knots - 2);
      const left = load<f32>(row + ((<usize>k) << 2));
      const right = load<f32>(row + ((<usize>(k + 1)) << 2));
      x = left + (right - left) * (t - <f32>k);
    }
    const floor = load<f32>(row + ((<usize>(knots + 2)) << 2));
    store<f32>(out + at, x > floor ? x : floor);
  }
}
