// AssemblyScript. Products C (+)= A B of row-major matrices. Each element is summed over the inner
// index in order, whatever the number of rows or columns of the call: one patient alone and the same
// patient in a batch get the same bits.

/** Doubles: four rows by four columns of C stay in registers. */
export function productF64(a: usize, b: usize, c: usize, rows: i32, inner: i32, columns: i32): void {
  const strideA = (<usize>inner) << 3;
  const strideB = (<usize>columns) << 3;
  for (let i = 0; i < rows; i += 4) {
    const height = min(4, rows - i);
    // Rows past the end are computed on the last row and not stored.
    const a0 = a + <usize>i * strideA;
    const a1 = a0 + (height > 1 ? strideA : 0);
    const a2 = a1 + (height > 2 ? strideA : 0);
    const a3 = a2 + (height > 3 ? strideA : 0);
    const c0 = c + <usize>i * strideB;
    const c1 = c0 + (height > 1 ? strideB : 0);
    const c2 = c1 + (height > 2 ? strideB : 0);
    const c3 = c2 + (height > 3 ? strideB : 0);
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const at = (<usize>j) << 3;
      let s00 = v128.load(c0 + at);
      let s01 = v128.load(c0 + at, 16);
      let s10 = v128.load(c1 + at);
      let s11 = v128.load(c1 + at, 16);
      let s20 = v128.load(c2 + at);
      let s21 = v128.load(c2 + at, 16);
      let s30 = v128.load(c3 + at);
      let s31 = v128.load(c3 + at, 16);
      let row = b + at;
      for (let k: usize = 0; k < strideA; k += 8) {
        const b0 = v128.load(row);
        const b1 = v128.load(row, 16);
        row += strideB;
        const x0 = v128.load64_splat(a0 + k);
        s00 = f64x2.add(s00, f64x2.mul(x0, b0));
        s01 = f64x2.add(s01, f64x2.mul(x0, b1));
        const x1 = v128.load64_splat(a1 + k);
        s10 = f64x2.add(s10, f64x2.mul(x1, b0));
        s11 = f64x2.add(s11, f64x2.mul(x1, b1));
        const x2 = v128.load64_splat(a2 + k);
        s20 = f64x2.add(s20, f64x2.mul(x2, b0));
        s21 = f64x2.add(s21, f64x2.mul(x2, b1));
        const x3 = v128.load64_splat(a3 + k);
        s30 = f64x2.add(s30, f64x2.mul(x3, b0));
        s31 = f64x2.add(s31, f64x2.mul(x3, b1));
      }
      if (height > 3) {
        v128.store(c3 + at, s30);
        v128.store(c3 + at, s31, 16);
      }
      if (height > 2) {
        v128.store(c2 + at, s20);
        v128.store(c2 + at, s21, 16);
      }
      if (height > 1) {
        v128.store(c1 + at, s10);
        v128.store(c1 + at, s11, 16);
      }
      v128.store(c0 + at, s00);
      v128.store(c0 + at, s01, 16);
    }
    for (; j < columns; j++) {
      const at = (<usize>j) << 3;
      for (let r = 0; r < height; r++) {
        const rowA = a + <usize>(i + r) * strideA;
        const target = c + <usize>(i + r) * strideB + at;
        let sum = load<f64>(target);
        let row = b + at;
        for (let k: usize = 0; k < strideA; k += 8) {
          sum += load<f64>(rowA + k) * load<f64>(row);
          row += strideB;
        }
        store<f64>(target, sum);
      }
    }
  }
}

/** Singles, one row: y = x B, with B (inner × columns) and columns a multiple of 16. */
export function rowProductF32(x: usize, b: usize, y: usize, inner: i32, columns: i32): void {
  const strideB = (<usize>columns) << 2;
  const end = (<usize>inner) << 2;
  for (let j = 0; j < columns; j += 16) {
    const at = (<usize>j) << 2;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let row = b + at;
    for (let k: usize = 0; k < end; k += 4) {
      const xk = v128.load32_splat(x + k);
      s0 = f32x4.add(s0, f32x4.mul(xk, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(xk, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(xk, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(xk, v128.load(row, 48)));
      row += strideB;
    }
    v128.store(y + at, s0);
    v128.store(y + at, s1, 16);
    v128.store(y + at, s2, 32);
    v128.store(y + at, s3, 48);
  }
}
