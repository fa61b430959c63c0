-- What the edition holds for the ids of a file, as it is exported and as it is stored, in the order
-- of the file. Parameters: those of `exported` (editions/macros.sql); `asked` holds a row of the
-- file and its id. Grain: one row per id that is there.
SELECT asked.row, shown.*, a.scope_recorded, a.organisations AS organisation_list
FROM asked
JOIN kyodo.exported($view, $edition, $kyodo_scopes) AS shown
  ON shown.activity_id = asked.id
JOIN activity AS a ON a.id = asked.id
ORDER BY asked.row
