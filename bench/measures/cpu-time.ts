/** Milliseconds of processor time that this process used so far. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor milliseconds of one call: the better of two medians, after one call to warm up. */
export async function measureCpuTime(work: () => unknown, repeats: number): Promise<number> {
  await work();
  const medians: number[] = [];
  for (let round = 0; round < 2; round++) {
    const times: number[] = [];
    for (let i = 0; i < repeats; i++) {
      const start = cpuMilliseconds();
      await work();
      times.push(cpuMilliseconds() - start);
    }
    medians.push(times.toSorted((a, b) => a - b)[repeats >> 1]!);
  }
  return Math.min(...medians);
}
