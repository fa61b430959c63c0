-- The same a page at a time: $limit rows from $offset on.
SELECT *
FROM kyodo.exported($view, $edition, $unknown_form, $kyodo_scopes)
LIMIT $limit OFFSET $offset
