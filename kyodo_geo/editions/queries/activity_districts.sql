-- Districts of the activities of a view in long form. Parameters: $view.
-- Grain: one row per activity and place.
SELECT f.id AS activity_id, p.place_id AS district_id
FROM kyodo.filtered($view) AS f
JOIN place AS p
  ON p.kind IN ('district', 'citywide', 'unknown') AND f.district_mask & p.mask <> 0
ORDER BY f.position, p.ordinal
