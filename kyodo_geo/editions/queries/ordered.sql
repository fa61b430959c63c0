-- A view in the order of a list. Grain: one row an activity, by its place in the table.
SELECT position
FROM filtered
ORDER BY id
