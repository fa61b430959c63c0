-- The activities most like one by their sets, the nearest first, then the newest. Points are whole
-- numbers (measures/activities/activity_similarity.py): their sums have no rounding.
-- Parameters: $view, $activity_id, the sets of that activity ($own_…, $…_places), what a likeness
-- is worth ($…_points), $candidates. Grain: one row per activity.
WITH scored AS (
    SELECT
        *,
        form_mask & $known_forms AS known_form_mask,
        CASE WHEN field = $own_field THEN $field_points ELSE 0 END AS field_points,
        CASE WHEN form_mask & $own_forms <> 0 THEN $form_points * bit_count(form_mask & $own_forms)
             // bit_count((form_mask & $known_forms) | $own_forms) ELSE 0 END AS form_points,
        CASE WHEN actor_mask & $own_actors <> 0
             THEN $actor_points * bit_count(actor_mask & $own_actors)
             // bit_count(actor_mask | $own_actors) ELSE 0 END AS actor_points,
        CASE WHEN district_mask & $same_places <> 0 THEN $same_place_points
             WHEN district_mask & $near_places <> 0 THEN $near_place_points
             WHEN district_mask & $region_places <> 0 THEN $region_points
             ELSE 0 END AS place_points
    FROM kyodo.filtered($view)
    WHERE id <> $activity_id
)
SELECT
    id, title, district_mask, known_form_mask, actor_mask,
    field_points, form_points, actor_points, place_points,
    field_points + form_points + actor_points + place_points AS points
FROM scored
ORDER BY points DESC, fiscal_year DESC NULLS LAST, start_date DESC NULLS LAST, position
LIMIT $candidates
