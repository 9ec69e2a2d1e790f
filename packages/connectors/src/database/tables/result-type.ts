import type { ResultColumn } from "../driver/sql-session.ts";
import type { Snapshot } from "../driver/snapshot.ts";

/** What values of a type can be read as. */
export type TypeFamily = "text" | "integer" | "number" | "boolean" | "date" | "texts" | "numbers" | "other";

/** A column of a query's result. */
export interface QueryColumn {
  readonly name: string;
  readonly family: TypeFamily;
  /** As the database calls it: `character varying`, `numeric[]`. */
  readonly typeName: string;
}

const integers: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);
const numbers: ReadonlySet<string> = new Set(["numeric", "real", "double precision"]);
const dates: ReadonlySet<string> = new Set(["date", "timestamp without time zone"]);

/** Looks up what the types of a result are. */
export async function readColumnTypes(
  snapshot: Snapshot,
  columns: readonly ResultColumn[],
): Promise<readonly QueryColumn[]> {
  const ids = [...new Set(columns.map(({ typeId }) => typeId))];
  const rows = await snapshot.all(
    "select t.oid::text, t.typcategory::text, format_type(t.oid, null), e.typcategory::text, format_type(e.oid, null) " +
      "from pg_catalog.pg_type t left join pg_catalog.pg_type e on e.oid = t.typelem and t.typcategory = 'A' " +
      "where t.oid = any($1::text::oid[])",
    [`{${ids.join(",")}}`],
  );
  const types = new Map(
    rows.map(([id, category, typeName, elementCategory, elementName]) => [
      Number(id),
      { typeName: typeName!, family: familyOf(category!, typeName!, elementCategory!, elementName!) },
    ]),
  );
  return columns.map(({ name, typeId }) => ({
    name,
    ...(types.get(typeId) ?? { family: "other" as const, typeName: "a type that is not in the catalogue" }),
  }));
}

function familyOf(
  category: string,
  name: string,
  elementCategory: string | null,
  elementName: string | null,
): TypeFamily {
  if (elementCategory !== null && elementName !== null) {
    const element = familyOf(elementCategory, elementName, null, null);
    if (element === "text") return "texts";
    return element === "integer" || element === "number" ? "numbers" : "other";
  }
  if (category === "S" || category === "E" || name === "uuid") return "text";
  if (category === "B") return "boolean";
  if (integers.has(name)) return "integer";
  if (numbers.has(name)) return "number";
  return dates.has(name) ? "date" : "other";
}
