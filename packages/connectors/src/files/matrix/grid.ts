/** Takes a number: the row's place in its block, the column's in the grid, and NaN where it is not known. */
export type OnValue = (row: number, column: number, value: number) => void;

/** Some rows of a grid, held while they are looked at. */
export interface GridBlock {
  /** Line of a file, or number of a row, of the first of them; from 1. */
  readonly line: number;
  /** What stands in the label column, one a row. */
  readonly labels: readonly string[];
  /**
   * Gives every number of the wanted columns once.
   *
   * @throws connectors.value-not-a-number
   */
  visit(onValue: OnValue): Promise<void>;
}

export interface GridSelection {
  /** Column whose cells name the rows; of none, where the grid names them itself. */
  readonly label: number;
  /** Columns whose numbers are read. */
  readonly wanted: readonly number[];
}

/** Numbers in rows and columns, as a file holds them: the columns are named, the rows by a column of labels. */
export interface Grid {
  readonly name: string;
  /** Line on which the columns are named; 0 where they are not named on a line. */
  readonly headerLine: number;
  readonly columns: readonly string[];
  /** Column whose cells name the rows, or −1 where names of rows stand apart: 0 unless the mapping says otherwise. */
  readonly labelColumn: number;
  /** Columns whose values are numbers by type, so that as labels they have lost zeros. */
  readonly numeric: ReadonlySet<number>;
  /** What was found out about the file, for notes; undefined where the mapping said it. */
  readonly detected: string | undefined;
  /** The rows, anew at each call. */
  blocks(selection: GridSelection): AsyncGenerator<GridBlock>;
}
