-- What the checks find in one activity. Parameters: $view, $asked, $activity_id.
-- Grain: one row per activity; none for an unknown id.
SELECT found
FROM kyodo.checked($view, $asked)
WHERE id = $activity_id
