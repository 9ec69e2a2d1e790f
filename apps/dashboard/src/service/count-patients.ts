const mark = '"index":';

/**
 * Counts the patients of an answer while it arrives: each piece is handed in, and the number so far comes back. A mark
 * may lie across two pieces.
 */
export function countPatients(): (piece: string) => number {
  let count = 0;
  let rest = "";
  return (piece) => {
    const text = rest + piece;
    count += text.split(mark).length - 1;
    const end = text.lastIndexOf(mark);
    rest = text.slice(Math.max(end < 0 ? 0 : end + mark.length, text.length - mark.length + 1));
    return count;
  };
}
