-- What a change did to the activities, against the snapshot taken before it (`activity_before`).
-- No parameters. Grain: one row.
WITH activity_after AS (
    SELECT id, hash(a) AS row_hash FROM activity AS a
)
SELECT
    count(*) FILTER (was.id IS NULL) AS activities_added,
    count(*) FILTER (now.id IS NOT NULL AND was.id IS NOT NULL AND now.row_hash <> was.row_hash)
        AS activities_changed,
    count(*) FILTER (now.id IS NULL) AS activities_removed
FROM activity_after AS now
FULL JOIN activity_before AS was ON was.id = now.id
