/** No figure shows a cell of fewer real patients than this. */
export const smallestCell = 5;
