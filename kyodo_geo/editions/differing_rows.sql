-- How many rows of a table only one of two editions has; equal rows are counted as often as
-- they occur. `{was}` and `{now}` are the two tables. Grain: one row: rows that came, that went.
SELECT
    (SELECT count(*) FROM (
        SELECT hash(t) FROM {now} AS t EXCEPT ALL SELECT hash(t) FROM {was} AS t)),
    (SELECT count(*) FROM (
        SELECT hash(t) FROM {was} AS t EXCEPT ALL SELECT hash(t) FROM {now} AS t))
