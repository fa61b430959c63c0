-- What a table holds, whatever the order of its rows: two tables with the same numbers hold the
-- same rows. All of the table is read. Parameters: $table, its name. Grain: one row.
SELECT count(*) AS rows, coalesce(sum(hash(t)::HUGEINT), 0) AS hashes
FROM query_table($table) AS t
