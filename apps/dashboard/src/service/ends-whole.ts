const lineFeed = 0x0a;

/**
 * Whether a file of patients has come to its end, as far as its format tells. A browser notices that a connection broke,
 * but not that a proxy between ended an answer early in good order.
 *
 * @param count patients that the file is to hold
 */
export function endsWhole(bytes: Uint8Array, mediaType: string, count: number): boolean {
  switch (mediaType) {
    case "application/json":
      // A list stands nowhere but around the patients.
      return endsWith(bytes, count === 1 ? "}}" : "]}");
    case "application/x-ndjson":
      return endsWith(bytes, "\n") && countLines(bytes) === count;
    case "text/csv":
      return endsWith(bytes, "\n") && countLines(bytes) === count + 1;
    case "application/vnd.apache.parquet":
      return endsWith(bytes, "PAR1") && bytes.length > "PAR1".length;
    default:
      return true;
  }
}

function endsWith(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(-text.length)) === text;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === lineFeed) lines++;
  return lines;
}
