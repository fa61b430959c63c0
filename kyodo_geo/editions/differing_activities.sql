-- Activities that differ between the attached editions `was` and `now`. Grain: one row an
-- activity that is in one of them only, or has another value in any column.
-- Rows are matched by their hash first: few ids are left to be joined then.
CREATE TEMP TABLE was_row AS SELECT id, hash(a) AS row_hash FROM was.activity AS a;
CREATE TEMP TABLE now_row AS SELECT id, hash(a) AS row_hash FROM now.activity AS a;
CREATE TEMP TABLE difference AS
SELECT coalesce(after.id, before.id) AS id,
       CASE WHEN before.id IS NULL THEN 'added'
            WHEN after.id IS NULL THEN 'removed'
            ELSE 'changed' END AS kind
FROM (SELECT id FROM was_row ANTI JOIN now_row USING (row_hash)) AS before
FULL JOIN (SELECT id FROM now_row ANTI JOIN was_row USING (row_hash)) AS after USING (id);
