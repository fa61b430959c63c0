-- Macros of queries that list activities, over those of `macros.sql`. Figures do without them,
-- so they are created when a query first names one.

-- The activities of a view as they are exported. DuckDB keeps the order of the table for a plain
-- scan, and streams it; after a join it does not, and sorting would hold every row. So sets come
-- as masks and terms as ids, under the names of the columns that export/writers/decode_masks.py
-- spells out. Grain: one row per activity, in the order of the table.
CREATE MACRO IF NOT EXISTS kyodo.exported(view, edition, kyodo_scopes) AS TABLE
SELECT
    edition AS edition,
    id AS activity_id,
    title,
    summary,
    fiscal_year,
    start_date,
    end_date,
    district_mask AS district_ids,
    district_mask AS district_names,
    district_mask AS regions,
    form_mask_stated AS forms_stated,
    CASE WHEN form_mask_stated & view['unknown_form'] <> 0 THEN form_mask
         ELSE form_mask & ~form_mask_stated END AS forms_implied,
    actor_mask AS actors,
    scope_mask AS scopes,
    CASE WHEN scope_mask & kyodo_scopes <> 0 THEN 1 ELSE 0 END AS is_kyodo,
    field,
    status,
    participants_count,
    city_cost_yen,
    array_to_string(organisations, ';') AS organisations,
    note,
    source,
    source_date,
    point_lat,
    point_lng,
    continues
FROM kyodo.filtered(view);

-- Whether an activity was reported and is over: its last day lies before `today` or, without a
-- day, its fiscal year before `this_year`. NULL where nobody knows.
CREATE MACRO IF NOT EXISTS kyodo.is_over(status, last_day, fiscal_year, today, this_year) AS
    status = 'reported'
    AND CASE WHEN last_day IS NULL THEN fiscal_year < this_year ELSE last_day < today END;

-- Activities of a view that are over and have no review. Grain: one row per activity.
CREATE MACRO IF NOT EXISTS kyodo.ended(view, today, this_year) AS TABLE
SELECT
    id, title, fiscal_year, district_mask, coalesce(end_date, start_date) AS last_day, position
FROM kyodo.filtered(view)
ANTI JOIN review ON review.activity_id = id
WHERE kyodo.is_over(status, coalesce(end_date, start_date), fiscal_year, today, this_year);

-- What the guideline's checks (guideline/checks.py) find in the activities of a view. `applies`
-- has the bit of every check that an activity can be held to, `found` of every one that finds
-- something: bits 1 G01, 2 G02, 4 G03 … in the order of the numbers. `asked` is a STRUCT of masks
-- and of the day. The forms a band is paired with are those that the guideline names for it,
-- none for a band that is not 協働; without a recorded band all three are tried one by one.
-- Grain: one row per activity.
CREATE MACRO IF NOT EXISTS kyodo.checked(view, asked) AS TABLE
WITH known AS (
    SELECT
        f.position, f.id, f.title, f.fiscal_year, f.district_mask, f.source, f.actor_mask,
        f.organisations, f.status, f.scope_mask, f.scope_recorded,
        coalesce(f.end_date, f.start_date) AS last_day,
        f.form_mask & ~view['unknown_form'] AS forms,
        r.activity_id IS NOT NULL AS is_reviewed,
        r.expected_mask | r.seen_mask AS effects
    FROM kyodo.filtered(view) AS f
    LEFT JOIN review AS r ON r.activity_id = f.id
),
judged AS (
    SELECT
        *,
        forms <> 0 AS has_form,
        actor_mask & asked['citizens'] <> 0 AS has_citizens,
        actor_mask & asked['groups'] <> 0 AS has_groups,
        CASE scope_recorded
            WHEN 'a' THEN forms & ~asked['forms_a'] <> 0
            WHEN 'b' THEN forms & ~asked['forms_b'] <> 0
            WHEN 'c' THEN forms & ~asked['forms_c'] <> 0
            WHEN 'citizen_only' THEN TRUE
            WHEN 'city_only' THEN TRUE
            ELSE forms & ~asked['forms_a'] <> 0 AND forms & ~asked['forms_b'] <> 0
                AND forms & ~asked['forms_c'] <> 0
        END AS is_unpaired,
        coalesce(kyodo.is_over(status, last_day, fiscal_year, asked['today'], asked['this_year']),
                 FALSE) AS is_over,
        scope_mask & asked['kyodo_scopes'] <> 0 AS is_kyodo
    FROM known
)
SELECT
    position, id, title, fiscal_year, district_mask, source,
    CASE WHEN has_form THEN 1 | 2 | 4 ELSE 0 END
    | CASE WHEN has_groups THEN 8 ELSE 0 END
    | CASE WHEN is_over THEN 16 ELSE 0 END
    | CASE WHEN is_reviewed THEN 32 ELSE 0 END
    | CASE WHEN is_kyodo THEN 64 ELSE 0 END
    | 128 AS applies,
    CASE WHEN has_form AND is_unpaired THEN 1 ELSE 0 END
    | CASE WHEN has_form AND actor_mask & asked['city'] = 0 THEN 2 ELSE 0 END
    | CASE WHEN has_form AND NOT has_citizens THEN 4 ELSE 0 END
    | CASE WHEN has_groups AND len(organisations) = 0 THEN 8 ELSE 0 END
    | CASE WHEN is_over AND NOT is_reviewed THEN 16 ELSE 0 END
    | CASE WHEN is_reviewed AND effects = 0 THEN 32 ELSE 0 END
    | CASE WHEN is_kyodo AND NOT has_form THEN 64 ELSE 0 END
    | CASE WHEN source = '' THEN 128 ELSE 0 END AS found
FROM judged;
