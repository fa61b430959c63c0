-- The activities of a view as they are exported. Parameters: $view, $edition (its number),
-- $kyodo_scopes. Grain: one row per activity, in the order of the table.
SELECT *
FROM kyodo.exported($view, $edition, $kyodo_scopes)
