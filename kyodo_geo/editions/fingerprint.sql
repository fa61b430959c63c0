-- What a table holds, whatever the order of its rows: two tables with the same numbers hold the
-- same rows. All of the table is read. Parameters: $table, its name. Grain: one row.
SELECT
    count(*) AS row_count,
    coalesce(sum(CAST(hash(t) AS HUGEINT)), 0) AS hash_sum
FROM query_table($table) AS t
