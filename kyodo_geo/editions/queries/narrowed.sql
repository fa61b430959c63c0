  -- The conditions of a view on what activities and the cube have in common. A parameter
  -- that is NULL narrows nothing, and DuckDB drops its line before it runs.
  ($year_from IS NULL OR fiscal_year >= $year_from)
  AND ($year_to IS NULL OR fiscal_year <= $year_to)
  AND ($districts IS NULL OR district_mask & $districts <> 0)
  AND ($regions IS NULL OR district_mask & $regions <> 0)
  AND ($forms IS NULL
       OR CASE WHEN $stated_only THEN form_mask_stated ELSE form_mask END & $forms <> 0)
  AND ($actors IS NULL OR actor_mask & $actors <> 0)
  AND ($scopes IS NULL
       OR CASE WHEN $stated_only THEN scope_mask_stated ELSE scope_mask END & $scopes <> 0)
  AND ($fields IS NULL OR field_mask & $fields <> 0)
  AND ($statuses IS NULL OR status_mask & $statuses <> 0)
