-- Figures of every place: districts, 全市, 地区不明, regions and the whole record.
-- Grain: one row a place, zero included. Activities in several districts count once in
-- each place that holds at least one of them, so `all` is the 実件数.
, grouped AS (
    SELECT district_mask,
           count(*) AS activities,
           count(*) FILTER (scope_mask & $kyodo_scopes <> 0) AS kyodo,
           count(participants_count) AS participants_known,
           sum(participants_count) AS participants,
           bit_or(actor_mask) AS actor_mask,
           bit_or(form_mask) AS form_mask,
           min(fiscal_year) AS first_year,
           max(fiscal_year) AS last_year,
           count(*) FILTER (fiscal_year IS NULL) AS year_unknown
    FROM filtered
    GROUP BY district_mask
)
SELECT p.place_id,
       coalesce(sum(g.activities), 0)::BIGINT AS activities,
       coalesce(sum(g.kyodo), 0)::BIGINT AS kyodo,
       coalesce(sum(g.participants_known), 0)::BIGINT AS participants_known,
       sum(g.participants)::BIGINT AS participants,
       coalesce(bit_count(bit_or(g.actor_mask)), 0)::BIGINT AS actor_kinds,
       coalesce(bit_or(g.actor_mask), 0) AS actor_mask,
       coalesce(bit_or(g.form_mask), 0) AS form_mask,
       min(g.first_year) AS first_year,
       max(g.last_year) AS last_year,
       coalesce(sum(g.year_unknown), 0)::BIGINT AS year_unknown
FROM place AS p
LEFT JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id
ORDER BY any_value(p.ordinal)
