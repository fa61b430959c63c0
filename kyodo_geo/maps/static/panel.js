// Pictures beside the map, drawn in the page itself: tile grid, small maps, district table.
// Each is a real document structure (buttons, tables), so it can be read, walked and printed.
//
// `data.kind` names the picture; picking a district reports its id through `pick`.

const SVG = "http://www.w3.org/2000/svg";

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") node.style.cssText = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const HATCH = "repeating-linear-gradient(45deg,#e5e7eb 0 4px,#8c8c8c 4px 6px)";

function background(swatch) {
  return swatch[1] === "hatch" ? `background:${HATCH}` : `background:${swatch[0]}`;
}

function tiles(data, geometry, pick) {
  const grid = element("div", { class: "kg-tiles", role: "group", "aria-label": data.label });
  for (const district of geometry.districts) {
    const [swatchIndex, text, note, , isLight] = data.state.districts[district.id];
    const swatch = data.state.swatches[swatchIndex];
    const selected = data.state.selected === district.id;
    const [column, row] = district.tile;
    grid.append(
      element(
        "button",
        {
          type: "button",
          class: "kg-tile",
          "data-district": district.id,
          "aria-pressed": String(selected),
          "aria-label": `${district.name}地区 ${text} ${note || ""}`,
          title: `${district.name}地区 ${text} ${note || ""}`,
          style:
            `grid-column:${column + 1};grid-row:${row + 1};${background(swatch)};` +
            `color:${isLight ? "#fff" : "#1f2937"}`,
          onclick: () => pick(selected ? null : district.id),
        },
        element("span", { class: "kg-tile-name" }, district.name),
        // The unit stands in the legend; a tile has room for the number.
        element("span", { class: "kg-tile-value" }, (text.match(/^[\d,.]+/) || [text])[0]),
      ),
    );
  }
  return grid;
}

// Longitude shrinks with latitude: without it the city would look a quarter too wide.
function shapePath(district, geometry) {
  const shrink = Math.cos((geometry.bounds[0][0] * Math.PI) / 180);
  const [[south, west]] = geometry.bounds;
  const rings = district.rings.map(
    (ring) =>
      "M" +
      ring
        .map(([lat, lng]) => `${((lng - west) * shrink * 1000).toFixed(1)} ${((south - lat) * 1000).toFixed(1)}`)
        .join("L") +
      "Z",
  );
  return rings.join("");
}

function smallMaps(data, geometry, pick) {
  const [[south, west], [north, east]] = geometry.bounds;
  const shrink = Math.cos((south * Math.PI) / 180);
  const width = (east - west) * shrink * 1000;
  const height = (north - south) * 1000;
  const paths = geometry.districts.map((district) => [district, shapePath(district, geometry)]);
  const box = element("div", { class: "kg-multiples" });
  for (const picture of data.pictures) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `-4 ${-height - 4} ${width + 8} ${height + 8}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${picture.title} ${picture.note}`);
    svg.innerHTML =
      '<defs><pattern id="kg-hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      '<rect width="9" height="9" fill="#e5e7eb"/><line x1="0" y1="0" x2="0" y2="9" stroke="#8c8c8c" stroke-width="3"/></pattern></defs>';
    for (const [district, shape] of paths) {
      const [swatchIndex, text, note] = picture.districts[district.id];
      const swatch = data.swatches[swatchIndex];
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", shape);
      path.setAttribute("fill", swatch[1] === "hatch" ? "url(#kg-hatch)" : swatch[0]);
      path.setAttribute("stroke", data.selected === district.id ? "#c2410c" : "#6b7280");
      path.setAttribute("stroke-width", data.selected === district.id ? "5" : "1.2");
      path.dataset.district = district.id;
      const title = document.createElementNS(SVG, "title");
      title.textContent = `${district.name}地区 ${text} ${note || ""}`;
      path.append(title);
      path.addEventListener("click", () => pick(district.id));
      svg.append(path);
    }
    box.append(
      element(
        "figure",
        {},
        element(
          "figcaption",
          {},
          element("span", { class: "kg-mark", style: `background:${picture.colour};color:${picture.ink}` }, picture.mark),
          ` ${picture.title} `,
          element("small", {}, picture.note),
        ),
        svg,
      ),
    );
  }
  return box;
}

function cell(column, value, highest) {
  if (column.kind === "text") return element("td", {}, value === null ? "—" : String(value));
  if (column.kind === "link") return element("td", {}, value ? sourceLink(value) : "—");
  const td = element("td", { class: "kg-number" });
  if (column.bar && highest > 0 && value !== null) {
    td.append(element("span", { class: "kg-bar", style: `width:${(value / highest) * 100}%` }));
  }
  const text = value === null ? "—" : format(column, value);
  td.append(element("span", { class: "kg-cell" }, text));
  return td;
}

// Anything but http(s) stays text: a link from data must not run a script.
function sourceLink(address) {
  if (!/^https?:\/\//i.test(address)) return address;
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, "出典");
}

function format(column, value) {
  return Number(value).toLocaleString("ja-JP", {
    minimumFractionDigits: column.digits || 0,
    maximumFractionDigits: column.digits || 0,
  });
}

// Rows of districts sort; the rows of 全市, regions and the whole stay below them.
function sorted(rows, order) {
  if (!order) return rows;
  const [index, direction] = order;
  const known = rows.filter((row) => row.cells[index] !== null);
  const missing = rows.filter((row) => row.cells[index] === null);
  known.sort((a, b) => {
    const [x, y] = [a.cells[index], b.cells[index]];
    return (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "ja")) * direction;
  });
  return [...known, ...missing];
}

function table(data, geometry, pick, memory) {
  const highest = data.columns.map((_, n) =>
    Math.max(0, ...data.rows.map((row) => (typeof row.cells[n] === "number" ? row.cells[n] : 0))),
  );
  const body = element("tbody");
  const foot = element("tfoot");
  const line = (row, bars) =>
    element(
      "tr",
      {
        class: data.selected && row.id === data.selected ? "kg-selected" : null,
        "data-district": row.id,
        "aria-selected": data.selected ? String(row.id === data.selected) : null,
      },
      ...row.cells.map((value, n) => {
        if (n > 0) return cell(data.columns[n], value, bars ? highest[n] : 0);
        const head = element("th", { scope: "row" });
        if (row.pick) {
          head.append(
            element("button", { type: "button", class: "kg-link", onclick: () => pick(row.id) }, value),
          );
        } else head.append(value);
        return head;
      }),
    );
  const fill = () => body.replaceChildren(...sorted(data.rows, memory.order).map((row) => line(row, true)));
  const headings = data.columns.map((column, n) => {
    // A page of a longer list is sorted by the server: sorting fifty of many would mislead.
    if (data.isPage) return element("th", { scope: "col" }, column.label);
    const button = element(
      "button",
      {
        type: "button",
        class: "kg-sort",
        title: column.help || column.label,
        onclick: () => {
          const descending = column.kind !== "text";
          const [index, direction] = memory.order || [];
          memory.order = [n, index === n ? -direction : descending ? -1 : 1];
          mark();
          fill();
        },
      },
      column.label,
    );
    return element("th", { scope: "col", class: column.kind === "text" ? null : "kg-number" }, button);
  });
  const mark = () =>
    headings.forEach((heading, n) => {
      const [index, direction] = memory.order || [];
      if (!data.isPage) heading.setAttribute("aria-sort", index !== n ? "none" : direction > 0 ? "ascending" : "descending");
    });
  mark();
  fill();
  foot.append(...data.footer.map((row) => line(row, false)));
  return element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": data.label },
    element(
      "table",
      { class: data.isPage ? "kg-table kg-page" : "kg-table" },
      element("caption", {}, data.label),
      element("thead", {}, element("tr", {}, ...headings)),
      body,
      foot,
    ),
  );
}

// navigator.clipboard exists only on https and localhost; offices use plain http.
function copyLink(data) {
  const button = element("button", { type: "button", class: "kg-button" }, data.label);
  button.addEventListener("click", async () => {
    const address = window.location.href;
    let done = false;
    try {
      await navigator.clipboard.writeText(address);
      done = true;
    } catch {
      const field = element("textarea", { style: "position:fixed;opacity:0" }, address);
      document.body.append(field);
      field.select();
      done = document.execCommand("copy");
      field.remove();
    }
    button.textContent = done ? data.done : data.failed;
    setTimeout(() => (button.textContent = data.label), 2500);
  });
  return button;
}

const PICTURES = { tiles, smallMaps, table, copyLink };
const memories = new WeakMap();

async function loadGeometry(address) {
  const known = (window.KYODO_GEOMETRIES ||= {});
  if (!address) return null;
  if (!known[address]) {
    known[address] = import(new URL(address, document.baseURI)).then(() => window.KYODO_GEOMETRY);
  }
  return known[address];
}

export default async function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".kg-root");
  if (!memories.has(root)) memories.set(root, {});
  const subject = data.subject || "district";
  const pick = (id) => setTriggerValue("picked", { [subject]: id });
  const geometry = await loadGeometry(data.geometry);
  const focused = root.contains(document.activeElement) && document.activeElement.closest("[data-district]");
  root.replaceChildren(PICTURES[data.kind](data, geometry, pick, memories.get(root)));
  if (focused) {
    const again = root.querySelector(`[data-district="${focused.dataset.district}"]`);
    (again?.matches("button") ? again : again?.querySelector("button"))?.focus({ preventScroll: true });
  }
}
