-- Organisations taking part in a place; `activities` counts the activities that name one, each
-- once. Parameters: $view, $place_mask, $limit. Grain: one row per name.
WITH named AS (
    SELECT id, unnest(list_distinct(organisations)) AS organisation
    FROM kyodo.filtered($view)
    WHERE district_mask & $place_mask <> 0
)
SELECT organisation, count(*) AS activities
FROM named
GROUP BY organisation
ORDER BY activities DESC, organisation
LIMIT $limit
