-- Rows of a file (`incoming`) and the activities on record that their titles are compared with: of
-- the same place and day, or year where one has no day. Where a place has more than $most then,
-- only the same title is. Titles of more than twice the length are never alike.
-- Parameters: $most. Grain: one row per pair.
WITH new_at AS (
    SELECT n.*, p.place_id
    FROM incoming AS n
    JOIN place AS p ON p.kind IN ('district', 'citywide') AND n.district_mask & p.mask <> 0
),
old_at AS (
    SELECT
        a.id, a.title, a.fiscal_year, a.start_date, p.place_id,
        count(*) OVER (PARTITION BY p.place_id, a.start_date) AS on_day,
        count(*) OVER (PARTITION BY p.place_id, a.fiscal_year) AS in_year
    FROM activity AS a
    JOIN place AS p ON p.kind IN ('district', 'citywide') AND a.district_mask & p.mask <> 0
    WHERE a.fiscal_year IN (SELECT fiscal_year FROM incoming)
       OR a.start_date IN (SELECT start_date FROM incoming)
),
pairs AS (
    SELECT n.row, o.id, n.title, o.title AS old_title
    FROM new_at AS n
    JOIN old_at AS o
      ON o.place_id = n.place_id AND o.start_date = n.start_date AND o.on_day <= $most
    UNION
    SELECT n.row, o.id, n.title, o.title AS old_title
    FROM new_at AS n
    JOIN old_at AS o
      ON o.place_id = n.place_id AND o.fiscal_year = n.fiscal_year AND o.in_year <= $most
     AND (o.start_date IS NULL OR n.start_date IS NULL)
    UNION
    SELECT n.row, o.id, n.title, o.title AS old_title
    FROM new_at AS n
    JOIN old_at AS o
      ON o.place_id = n.place_id AND o.fiscal_year = n.fiscal_year AND o.title = n.title
     AND (o.start_date IS NULL OR n.start_date IS NULL OR o.start_date = n.start_date)
)
SELECT row, id, title, old_title
FROM pairs
WHERE 2 * least(len(title), len(old_title)) >= greatest(len(title), len(old_title))
ORDER BY ALL
