-- How many rows of a table only one of two editions has; equal rows are counted as often as they
-- occur. Parameters: $was and $now, the names of the two tables. Grain: one row.
SELECT
    (
        SELECT count(*)
        FROM (
            SELECT hash(t) AS row_hash FROM query_table($now) AS t
            EXCEPT ALL
            SELECT hash(t) AS row_hash FROM query_table($was) AS t
        ) AS only_there
    ) AS rows_added,
    (
        SELECT count(*)
        FROM (
            SELECT hash(t) AS row_hash FROM query_table($was) AS t
            EXCEPT ALL
            SELECT hash(t) AS row_hash FROM query_table($now) AS t
        ) AS only_there
    ) AS rows_removed
