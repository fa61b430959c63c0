-- Activities by their ids, in no order. Parameters: $view, $ids.
-- Grain: one row per activity that is there.
SELECT *
FROM kyodo.filtered($view)
WHERE list_contains($ids, id)
