-- Actor types of the activities of a view in long form. Parameters: $view.
-- Grain: one row per activity and type.
SELECT f.id AS activity_id, c.id AS actor_type
FROM kyodo.filtered($view) AS f
JOIN code AS c ON c.kind = 'actor' AND f.actor_mask & c.bit <> 0
ORDER BY f.position, c.ordinal
