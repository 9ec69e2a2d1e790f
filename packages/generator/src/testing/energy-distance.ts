/**
 * Energy distance of two samples, rows × columns row-major: 2 E|X − Y| − E|X − X′| − E|Y − Y′|, without a row's
 * distance to itself; 0 on average for samples of one law. Source: Székely & Rizzo, JSPI 143, 2013.
 */
export function energyDistance(x: Float32Array, y: Float32Array, columns: number): number {
  const across = (2 * sumDistances(x, y, columns)) / ((x.length / columns) * (y.length / columns));
  return across - meanWithin(x, columns) - meanWithin(y, columns);
}

function meanWithin(x: Float32Array, columns: number): number {
  const rows = x.length / columns;
  return sumDistances(x, x, columns) / (rows * (rows - 1));
}

function sumDistances(x: Float32Array, y: Float32Array, columns: number): number {
  let total = 0;
  for (let i = 0; i < x.length; i += columns) {
    for (let k = 0; k < y.length; k += columns) {
      let squares = 0;
      for (let j = 0; j < columns; j++) squares += (x[i + j]! - y[k + j]!) ** 2;
      total += Math.sqrt(squares);
    }
  }
  return total;
}
