-- A view in the order of a list. Parameters: $view, $sort (an order_id), $unknown_form.
-- Grain: one row per activity, by its place in the table.
SELECT position
FROM kyodo.sorted($view, $sort, $unknown_form)
