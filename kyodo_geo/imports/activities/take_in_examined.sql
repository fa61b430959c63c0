-- The activities of a draft that a file leaves as they are and those it brings (`examined`), as the
-- view `incoming` that insert_activity.sql reads. All rows go in together: rows added later would
-- stand behind older ones (see measures/activities/recent_cache.py), and sorting the filled table
-- would write it twice. Grain of `incoming`: one row per activity.
CREATE TEMP TABLE unchanged AS
SELECT
    a.* EXCLUDE (
        form_mask, form_mask_stated, scope_mask, scope_mask_stated, field_mask, status_mask
    ),
    a.form_mask_stated & ~unknown.bit AS stated,
    a.form_mask & ~a.form_mask_stated & ~unknown.bit AS implied
FROM activity AS a
JOIN code AS unknown ON unknown.kind = 'form' AND unknown.id = 'unknown'
WHERE a.id NOT IN (SELECT id FROM examined);
DELETE FROM activity;
CREATE TEMP VIEW incoming AS
SELECT * FROM unchanged
UNION ALL BY NAME
SELECT * FROM examined;
