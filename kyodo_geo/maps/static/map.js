// The district map. Shapes are loaded once an edition; a filter change only calls paint().
//
// State given to paint(): {swatches: [[colour, kind, has light ink], …], districts: [[swatch,
// text, note, radius], …] in the order of the edition's districts, marks: the letters of
// swatches that are categories, by their number, selected: "C01" | null}.
// Kinds: fill, hatch, outline, circle, ring. The page around this frame paints it; what it painted
// last is kept there as `kyodoPicture`, for a map that comes later.

import { circleScale, colorScheme, picture } from "./page_around.js";
import { circleStyle, districtStyle, LINE } from "./styles.js";

const BUTTONS_PX = 46; // above the city
const LETTER_PX = 12;
const LINE_PX = 14; // of the letters in map.css
const MARK_PX = 16;
const ALWAYS_NAMED = 3; // of the largest circles
const STRIPES = { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };

function svgElement(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Leaflet draws into one SVG; the hatch for "no data" has to live in it.
function addHatch(map) {
  const svg = map.getPane("overlayPane").querySelector("svg");
  if (!svg || svg.querySelector("#kyodo-hatch")) return;
  const ground = svgElement("rect", { width: 6, height: 6, class: "kyodo-ground" });
  const stripe = svgElement("line", { y2: 6, class: "kyodo-stripe", "stroke-width": 2 });
  svg.prepend(svgElement("pattern", { id: "kyodo-hatch", ...STRIPES }, ground, stripe));
}

function describe(district, entry) {
  const name = document.createElement("strong");
  name.textContent = `${district.name}地区`;
  const lines = [entry[1], entry[2]].filter(Boolean);
  return [name, ...lines.flatMap((line) => [document.createElement("br"), line])];
}

// Where the names stand: {x, y, line} each, null where one has no place; [] if nobody answers.
async function fetchPositions(query) {
  try {
    const answer = await fetch(`../../kyodo/labels?${query}`);
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}

class DistrictMap {
  constructor(map, geometry, options) {
    this.map = map;
    this.geometry = geometry;
    this.state = null;
    this.layers = {};
    this.opacity = options.opacity;
    // Around what is selected: stands out from every colour, as the marking alone would not.
    this.casing = L.polygon([], { color: LINE, weight: 7, fill: false, interactive: false });
    geometry.districts.forEach((district, index) => this.addDistrict(district, index));
    this.leaders = ["kyodo-leader-halo", "kyodo-leader"].map((className) =>
      L.polyline([], { className, interactive: false }).addTo(map),
    );
    this.addControls(options.centre);
    this.nameControls();
    addHatch(map);
    this.showAll();
    map.on("moveend", () => this.fitLabels());
    map.on("resize", () => {
      if (!this.touched) this.showAll();
      if (this.state) this.paint(this.state);
    });
    // The frame may have its height before our styles give the map its own.
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    map.on("dragend", () => (this.touched = true));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.pick(null);
      this.pointAt(null);
    });
  }

  addDistrict(district, index) {
    const shape = L.polygon(district.rings, { ...districtStyle(null, false), smoothFactor: 0 });
    const circle = L.circleMarker(district.anchor, { radius: 0, weight: 1, interactive: true });
    const label = L.marker(district.anchor, {
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: "kyodo-label", html: "", iconSize: [0, 0] }),
    });
    for (const layer of [shape, circle]) {
      layer.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        this.pick(this.state && this.state.selected === district.id ? null : district.id);
      });
      layer.on("mouseover", () => {
        shape.setStyle({ weight: 2.5 });
        this.pointAt(district);
      });
      layer.on("mouseout", () => this.paintDistrict(district));
    }
    shape.addTo(this.map);
    label.addTo(this.map);
    const [name, mark] = ["span", "b"].map((tag) => document.createElement(tag));
    name.textContent = district.name;
    name.hidden = true; // until they have their places
    mark.hidden = true;
    label.getElement().append(name, mark);
    this.layers[district.id] = { shape, circle, label, district, index };
  }

  addControls(centreIds) {
    const buttons = [
      ["全体", () => this.showAll()],
      ["中心部を拡大", () => this.show(centreIds)],
    ];
    const Control = L.Control.extend({
      onAdd: () => {
        const box = L.DomUtil.create("div", "leaflet-bar kyodo-zoom");
        L.DomEvent.disableClickPropagation(box);
        for (const [text, action] of buttons) {
          const button = L.DomUtil.create("button", "", box);
          button.type = "button";
          button.textContent = text;
          button.addEventListener("click", action);
        }
        return box;
      },
    });
    new Control({ position: "topright" }).addTo(this.map);
    L.control.scale({ imperial: false }).addTo(this.map);
    const Corner = L.Control.extend({ onAdd: () => L.DomUtil.create("div", "kyodo-told") });
    this.corner = new Corner({ position: "bottomright" }).addTo(this.map).getContainer();
  }

  // What the pointer is on, in a corner where it covers no neighbour; it stays when the pointer
  // leaves, so that one can look at it at leisure.
  pointAt(district) {
    this.pointed = district;
    const entry = district && this.state?.districts[this.layers[district.id].index];
    this.corner.replaceChildren(...(entry ? describe(district, entry) : []));
  }

  showAll() {
    this.touched = false;
    this.map.invalidateSize({ pan: false });
    const room = { paddingTopLeft: [8, BUTTONS_PX], paddingBottomRight: [8, 8] };
    this.map.fitBounds(this.boundsOf(Object.keys(this.layers)), room);
    this.fitLabels();
  }

  show(ids) {
    this.touched = true;
    this.map.fitBounds(this.boundsOf(ids), { padding: [12, 12] });
  }

  boundsOf(ids) {
    const bounds = L.latLngBounds([]);
    for (const id of ids) bounds.extend(this.layers[id].shape.getBounds());
    return bounds;
  }

  // Names and marks stand where the server places them: what is selected and the largest
  // circles always. Colours don't wait for them; without an answer only the names are missing.
  async fitLabels() {
    const layers = Object.values(this.layers);
    const largest = layers.filter((one) => this.map.hasLayer(one.circle));
    largest.sort((a, b) => b.circle.getRadius() - a.circle.getRadius());
    const needed = [this.layers[this.state?.selected], ...largest.slice(0, ALWAYS_NAMED)];
    const spots = layers.map((one) => this.spotOf(one, needed.includes(one)));
    const { x: width, y: height } = this.map.getSize();
    const query = [`size=${width},${height}`, ...spots.map((spot) => `spot=${spot}`)].join("&");
    if (query === this.query) return;
    this.query = query;
    const { classList } = this.map.getContainer();
    classList.add("kyodo-placing");
    const positions = await fetchPositions(query);
    if (query !== this.query) return; // the map looks different by now
    if (!positions.length) this.query = null;
    classList.remove("kyodo-placing");
    layers.forEach(({ label }, n) => this.placeLabel(label.getElement(), spots[n], positions[n]));
    const lines = positions.flatMap((position) => (position?.line ? [position.line] : []));
    const place = (x, y) => this.map.containerPointToLatLng([x, y]);
    const ends = lines.map(([x1, y1, x2, y2]) => [place(x1, y1), place(x2, y2)]);
    for (const leader of this.leaders) leader.setLatLngs(ends).bringToFront();
  }

  // The fields of a LabelSpot (maps/label_placement.py) in their order.
  spotOf({ shape, circle, label, district }, isNeeded) {
    const { x, y } = this.map.latLngToContainerPoint(district.anchor);
    const bounds = shape.getBounds();
    const west = this.map.latLngToContainerPoint(bounds.getSouthWest());
    const east = this.map.latLngToContainerPoint(bounds.getNorthEast());
    const [wide, high] = [east.x - west.x, west.y - east.y];
    const isBeside = this.map.hasLayer(circle);
    const mark = label.getElement().lastChild.textContent;
    const width = district.name.length * LETTER_PX + 2;
    const hasRoom = !isBeside && wide > width + 4 && high > LINE_PX * (mark ? 2 : 1) + 10;
    const letter = mark && wide > MARK_PX && high > MARK_PX ? MARK_PX / 2 : 0;
    const radius = isBeside ? circle.getRadius() : letter;
    const reach = isBeside ? radius + 1 : Math.max(wide, high) / 2;
    const height = LINE_PX * (mark && hasRoom ? 2 : 1);
    const spot = [x, y, radius, reach, width, height, hasRoom, isBeside, isNeeded];
    return spot.map((value) => Number(Number(value).toFixed(2)));
  }

  placeLabel(box, [x, y, radius], position) {
    const [name, mark] = box.children;
    const isInside = position?.x === x && position.y === y;
    name.hidden = !position;
    name.classList.toggle("kyodo-beside", Boolean(position) && !isInside);
    const away = position && !isInside ? [position.x - x, position.y - y] : [];
    name.style.translate = away.map((px) => `calc(${px}px - 50%)`).join(" ");
    mark.hidden = !mark.textContent || !radius;
  }

  pick(id) {
    Streamlit.setComponentValue({ district: id, n: Date.now() });
  }

  // Names for people who do not see the map: the picture in words, the rest by what it does.
  tell({ title, alt }) {
    window.frameElement?.setAttribute("aria-label", `地図: ${title}`);
    const drawing = this.map.getPane("overlayPane").querySelector("svg");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", alt);
  }

  nameControls() {
    document.documentElement.lang = "ja";
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.content = "width=device-width, initial-scale=1";
    }
    const box = this.map.getContainer();
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "地図。矢印キーで動かし、＋と－で拡大・縮小します");
    // Names are in the picture's words.
    this.map.getPane("markerPane").setAttribute("aria-hidden", "true");
    for (const [part, name] of [["in", "拡大"], ["out", "縮小"]]) {
      const button = box.querySelector(`.leaflet-control-zoom-${part}`);
      button?.setAttribute("aria-label", name);
      button?.setAttribute("title", name);
    }
  }

  paint(state) {
    this.state = state;
    this.circleScale = circleScale();
    this.tell(state);
    document.documentElement.style.colorScheme = colorScheme();
    for (const { district } of Object.values(this.layers)) this.paintDistrict(district);
    const chosen = state.selected && this.layers[state.selected];
    this.casing.remove();
    if (chosen) {
      this.casing.setLatLngs(chosen.shape.getLatLngs()).addTo(this.map).bringToFront();
      chosen.shape.bringToFront();
    }
    this.fitLabels();
    // Small circles stay on top of large ones, where they can be seen and clicked.
    Object.values(this.layers)
      .map(({ circle }) => circle)
      .filter((circle) => this.map.hasLayer(circle))
      .sort((a, b) => b.getRadius() - a.getRadius())
      .forEach((circle) => circle.bringToFront());
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
  }

  paintDistrict(district) {
    const { shape, circle, label, index } = this.layers[district.id];
    const entry = this.state && this.state.districts[index];
    if (!entry) return;
    const swatch = this.state.swatches[entry[0]];
    const isSelected = this.state.selected === district.id;
    const radius = entry[3];
    const isCircle = radius !== undefined && radius !== null;
    const fill = isCircle && swatch[1] !== "hatch" ? null : swatch;
    shape.setStyle({ ...districtStyle(fill, isSelected), fillOpacity: this.opacity });
    if (isCircle && swatch[1] !== "hatch") {
      circle.setRadius(radius * this.circleScale);
      circle.setStyle(circleStyle(swatch, isSelected));
      circle.addTo(this.map);
    } else circle.remove();
    if (this.pointed === district) this.pointAt(district);
    label.getElement().lastChild.textContent = this.state.marks?.[entry[0]] || "";
    const isFilled = swatch[1] === "fill";
    label.getElement().classList.toggle("kyodo-label-light", isFilled && swatch[2] === 1);
    label.getElement().classList.toggle("kyodo-label-ground", !isFilled);
    const path = shape.getElement();
    if (path) path.dataset.district = district.id;
  }
}

// The page around this frame finds the map as `kyodo`.
export function createMap(map, geometry, options) {
  document.documentElement.style.colorScheme = colorScheme();
  window.kyodo = new DistrictMap(map, geometry, options);
  const painted = picture();
  if (painted) window.kyodo.paint(painted);
}
