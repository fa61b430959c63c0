-- Activities of a view that are over and have no review. Grain: one row an activity. Without a
-- day the fiscal year has to be over; of an activity without either nobody knows.
SELECT id, title, fiscal_year, district_mask, coalesce(end_date, start_date) AS last_day, position
FROM filtered ANTI JOIN review ON review.activity_id = id
WHERE status = 'reported'
  AND CASE WHEN coalesce(end_date, start_date) IS NULL THEN fiscal_year < $fiscal_year
           ELSE coalesce(end_date, start_date) < $today END
