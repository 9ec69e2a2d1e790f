/** The columns that a window onto a wide drawing shows, the last not included. */
export function visibleColumns(
  scrollLeft: number,
  windowWidth: number,
  columnWidth: number,
  count: number,
): { readonly first: number; readonly end: number } {
  const first = Math.min(count, Math.max(0, Math.floor(scrollLeft / columnWidth)));
  const end = Math.min(count, Math.max(first, Math.ceil((scrollLeft + windowWidth) / columnWidth)));
  return { first, end };
}
