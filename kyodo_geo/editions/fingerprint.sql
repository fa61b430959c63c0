-- What a table holds, whatever the order of its rows: two tables with the same numbers hold
-- the same rows. All of the table is read. `{table}` is its name. Grain: one row.
SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {table} AS t
