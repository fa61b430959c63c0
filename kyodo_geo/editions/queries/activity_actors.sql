-- Actor types of the activities of a view in long form. Grain: one row an activity and type.
SELECT f.id AS activity_id, c.id AS actor_type
FROM filtered AS f
JOIN code AS c ON c.kind = 'actor' AND f.actor_mask & c.bit <> 0
ORDER BY f.position, c.ordinal
