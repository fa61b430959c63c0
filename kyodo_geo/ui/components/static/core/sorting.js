// How rows of tables sort.

/**
 * Sort rows by `order`, [index of the column, 1 or -1]; a copy, unless there is no order.
 * Those without a value come last, whatever the direction.
 */
export function sortRows(rows, order) {
  if (!order) return rows;
  const [index, direction] = order;
  const inJapanese = (x, y) => String(x).localeCompare(String(y), "ja");
  const compare = (x, y) =>
    (x === null) - (y === null) || direction * (typeof x === "number" ? x - y : inJapanese(x, y));
  return [...rows].sort((a, b) => compare(a.cells[index], b.cells[index]));
}
