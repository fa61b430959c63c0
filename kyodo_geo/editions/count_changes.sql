-- What a change did to the activities, against the snapshot taken before it.
-- Grain: one row: activities added, changed, removed.
SELECT
    count(*) FILTER (was.id IS NULL),
    count(*) FILTER (now.id IS NOT NULL AND was.id IS NOT NULL AND now.row_hash <> was.row_hash),
    count(*) FILTER (now.id IS NULL)
FROM (SELECT id, hash(a) AS row_hash FROM activity AS a) AS now
FULL JOIN activity_before AS was ON was.id = now.id
