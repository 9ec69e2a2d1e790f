import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SqlSession } from "./driver/sql-session.ts";
import { withSnapshot } from "./driver/snapshot.ts";
import { drivers, type TestDatabase } from "./testing/databases.ts";
import { failureOfSite } from "./testing/site.ts";

/** Columns of a sound query of patients, so that only what is hostile stands in the way. */
const columns =
  "'S1'::text as patient_id, 'alive'::text as os_status, 1 as os_months, 1 as age, 'no'::text as metastasis";
const stolen = "/tmp/osteon-hostile-query";

const statements: readonly (readonly [name: string, text: string])[] = [
  ["an INSERT", "insert into victims values (2) returning *"],
  ["an INSERT in a WITH", `with stolen as (insert into victims values (2) returning *) select ${columns} from stolen`],
  ["an UPDATE in a WITH", `with stolen as (update victims set a = 2 returning *) select ${columns} from stolen`],
  ["a second statement", `select ${columns}; drop table victims`],
  ["a second statement out of the brackets", `select ${columns}) as s; drop table victims; select * from (select 1`],
  ["an end of the transaction", `select ${columns}; commit; drop table victims`],
  ["an end of the transaction alone", "commit"],
  ["a DROP", "drop table victims"],
  ["a SELECT INTO", `select ${columns} into loot from victims`],
  ["a CREATE TABLE AS", `create table loot as select ${columns}`],
  ["a COPY TO PROGRAM", `copy (select 1) to program 'touch ${stolen}'`],
  ["a COPY TO a file", `copy victims to '${stolen}'`],
  ["a DO block", "do $$ begin drop table victims; end $$"],
  ["a CALL", "call wipe()"],
  ["a SET", "set transaction read write"],
  ["a row lock", `select ${columns} from victims for update`],
  ["a parameter", `select ${columns} where $1`],
  ["a comment that does not end", `select ${columns} /*`],
  ["a string that does not end", `select ${columns}, 'x`],
  ["a comment after which the bracket would be lost", "select 1 as a) as source; drop table victims --"],
  ["set_config", `select ${columns}, set_config('transaction_read_only', 'off', false)`],
  ["set_config in a comment's shadow", `select ${columns}, set_config /* ( */ ('role', 'x', false)`],
  ["set_config in quotes", `select ${columns}, "set_config"('transaction_read_only', 'off', false)`],
  ["set_config in Unicode escapes", `select ${columns}, U&"set\\005fconfig"('transaction_read_only', 'off', false)`],
  ["set_config with its schema", `select ${columns}, pg_catalog . set_config('transaction_read_only', 'off', false)`],
  ["pg_read_file", `select ${columns}, pg_read_file('/etc/passwd')`],
  ["pg_ls_dir", `select ${columns} from pg_ls_dir('.')`],
  ["lo_create", `select ${columns}, lo_create(0)`],
  ["lo_import", `select ${columns}, lo_import('/etc/passwd')`],
  ["nextval", `select ${columns}, nextval('counter')`],
  ["setval", `select ${columns}, setval('counter', 99)`],
  ["pg_advisory_lock", `select ${columns}, pg_advisory_lock(1)`],
  ["pg_notify", `select ${columns}, pg_notify('x', 'y')`],
  ["pg_terminate_backend", `select ${columns}, pg_terminate_backend(pg_backend_pid())`],
  ["pg_sleep", `select ${columns}, pg_sleep(1000)`],
  ["query_to_xml", `select ${columns}, query_to_xml('drop table victims', true, true, '')`],
  ["a function of the site that writes", `select ${columns}, steal()`],
];

describe.each(drivers)("queries that would do more than read, over $driver", ({ skip, start }) => {
  let database: TestDatabase;
  let session: SqlSession;
  beforeAll(async () => {
    if (skip) return;
    database = await start();
    session = await database.open();
    const setup = [
      "create table victims (a int)",
      "insert into victims values (1)",
      "create sequence counter",
      "create function steal() returns int language sql as 'insert into victims values (3) returning a'",
      "create procedure wipe() language sql as 'delete from victims'",
      // Its owner, and not the query, answers for what a view calls; the transaction is read only all the same.
      `create view thieving as select ${columns.replace("1 as os_months", "steal() as os_months")}`,
      "create view counting as select 'S1'::text as patient_id, 'alive'::text as os_status, " +
        "nextval('counter')::numeric as os_months, 1 as age, 'no'::text as metastasis",
    ];
    for (const statement of setup) await session.run(statement);
  });
  afterAll(async () => {
    await session?.close();
    database?.stop();
  });

  const unharmed = async () => {
    const [[rows, loot, large, called]] = (await session.run(
      "select (select string_agg(a::text, ',') from victims), to_regclass('loot')::text, " +
        "(select count(*)::text from pg_largeobject_metadata), (select is_called::text from counter)",
    )) as [[string, string | null, string, string]];
    expect({ rows, loot, large, called }).toEqual({ rows: "1", loot: null, large: "0", called: "false" });
    expect(existsSync(stolen)).toBe(false);
  };

  it.skipIf(skip).each(statements)("refuses %s, and nothing is changed", async (_, patients) => {
    const failure = await failureOfSite(session, { patients });
    expect(failure.code).toMatch(/^connectors\.query-(?:columns|refused|writes|function)$/);
    await unharmed();
  });

  it.skipIf(skip).each(["thieving", "counting"])("stops the view %s, which writes", async (view) => {
    const patients = `select patient_id, os_status, os_months, age, metastasis from ${view}`;
    const failure = await failureOfSite(session, { patients });
    expect(failure.code).toBe("connectors.query-writes");
    await unharmed();
  });

  it.skipIf(skip)("keeps the transaction read only once it has looked", async () => {
    const attempts = ["set transaction read write", "select set_config('transaction_read_only', 'off', false)"];
    for (const attempt of attempts) {
      const failure: unknown = await withSnapshot(
        session,
        { statementTimeoutSeconds: 5, signal: undefined },
        (snapshot) => snapshot.all(attempt),
      ).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "connectors.query-writes" });
    }
    await unharmed();
  });

  it.skipIf(skip)("lets comments, strings and quoted names say what they like", async () => {
    const patients = `select ${columns}, 'pg_sleep(1); drop table victims' as note, $x$ lo_create(0) $x$ as "set_config(",
      E'\\'nextval(' as "a ""quoted"" name" -- pg_notify( /* and so on
      /* pg_sleep( /* nested */ setval( */ order by coalesce(1, 2)`;
    const failure = await failureOfSite(session, { patients, mutations: "nonsense" });
    // The other query is what is wrong.
    expect(failure.code).toBe("connectors.query-columns");
    expect(failure.message).toMatch(/have a fault;/);
    expect(failure.message).toContain("the mutations query: is not one SELECT statement");
  });
});
