-- How many sources tell of each place. Parameters: $view.
-- Grain: one row per place, zero included.
SELECT p.place_id, count(DISTINCT f.source) AS sources
FROM place AS p
LEFT JOIN kyodo.filtered($view) AS f ON f.district_mask & p.mask <> 0
GROUP BY p.place_id
