-- Reviews of the activities of a view, the latest look back first. Grain: one row a review.
SELECT id, title, fiscal_year, district_mask
FROM filtered JOIN review ON review.activity_id = id
ORDER BY reviewed_on DESC, position
