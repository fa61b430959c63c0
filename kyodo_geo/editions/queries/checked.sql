-- What the guideline's checks find (guideline/checks.py); the query that reads `checked` follows.
-- Grain: one row an activity. `applies` has the bit of every check that it can be held to, `found`
-- of every one that finds something: bits 1 G01, 2 G02, 4 G03 … in the order of the numbers.
-- `named` are the forms the guideline names for the recorded band, none for a band that is not
-- 協働; without a recorded band the bands of the forms are tried one by one.
, known AS (
    SELECT f.position, f.id, f.title, f.fiscal_year, f.district_mask, f.source, f.actor_mask,
           f.organisations, f.status, f.start_date, f.end_date, f.scope_mask, f.scope_recorded,
           f.form_mask & ~$unknown_form AS forms,
           r.activity_id IS NOT NULL AS is_reviewed,
           r.expected_mask | r.seen_mask AS effects
    FROM filtered AS f LEFT JOIN review AS r ON r.activity_id = f.id
)
, judged AS (
    SELECT *,
        forms <> 0 AS has_form,
        actor_mask & $citizens <> 0 AS has_citizens,
        actor_mask & $groups <> 0 AS has_groups,
        CASE scope_recorded
            WHEN 'a' THEN forms & ~$forms_a <> 0
            WHEN 'b' THEN forms & ~$forms_b <> 0
            WHEN 'c' THEN forms & ~$forms_c <> 0
            WHEN 'citizen_only' THEN TRUE
            WHEN 'city_only' THEN TRUE
            ELSE forms & ~$forms_a <> 0 AND forms & ~$forms_b <> 0 AND forms & ~$forms_c <> 0
        END AS is_unpaired,
        status = 'reported' AND coalesce(
            CASE WHEN coalesce(end_date, start_date) IS NULL THEN fiscal_year < $fiscal_year
                 ELSE coalesce(end_date, start_date) < $today END, FALSE) AS is_over,
        scope_mask & $kyodo <> 0 AS is_kyodo
    FROM known
)
, checked AS (
    SELECT position, id, title, fiscal_year, district_mask, source,
        CASE WHEN has_form THEN 1 | 2 | 4 ELSE 0 END
            | CASE WHEN has_groups THEN 8 ELSE 0 END
            | CASE WHEN is_over THEN 16 ELSE 0 END
            | CASE WHEN is_reviewed THEN 32 ELSE 0 END
            | CASE WHEN is_kyodo THEN 64 ELSE 0 END
            | 128 AS applies,
        CASE WHEN has_form AND is_unpaired THEN 1 ELSE 0 END
            | CASE WHEN has_form AND actor_mask & $city = 0 THEN 2 ELSE 0 END
            | CASE WHEN has_form AND NOT has_citizens THEN 4 ELSE 0 END
            | CASE WHEN has_groups AND len(organisations) = 0 THEN 8 ELSE 0 END
            | CASE WHEN is_over AND NOT is_reviewed THEN 16 ELSE 0 END
            | CASE WHEN is_reviewed AND effects = 0 THEN 32 ELSE 0 END
            | CASE WHEN is_kyodo AND NOT has_form THEN 64 ELSE 0 END
            | CASE WHEN source = '' THEN 128 ELSE 0 END AS found
    FROM judged
)
