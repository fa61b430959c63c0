-- Organisations taking part in a place. Grain: one row a name; `activities` counts the
-- activities that name it, each once.
, named AS (
    SELECT id, unnest(list_distinct(organisations)) AS organisation
    FROM filtered
    WHERE district_mask & $place_mask <> 0
)
SELECT organisation, count(*) AS activities
FROM named
GROUP BY organisation
ORDER BY activities DESC, organisation
LIMIT $limit
