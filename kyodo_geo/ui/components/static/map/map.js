// The district map. Shapes are loaded once an edition; a filter change only calls paint().
//
// State given to paint(): {swatches: [[colour, kind, has light ink], …], districts: [[swatch,
// text, note, radius], …] in the order of the edition's districts, legend, selected: "C01" | null}.
// Kinds: fill, hatch, outline, circle, ring. The page around this frame paints it; what it painted
// last is kept there as `kyodoPicture`, for a map that comes later.

import { el, pushButton, setAttributes } from "../core/dom.js";
import { hatchPattern } from "../core/geometry.js";
import { circleStyle, districtStyle, LINE } from "./styles.js";

const BUTTONS_PX = 46; // above the city
const LETTER_PX = 12;
const LINE_PX = 14; // of the letters in map.css
const MARK_PX = 16;
const ALWAYS_NAMED = 3; // of the largest circles

// What the page around this frame says. A frame in a page of another host is on its own: that
// page may not be looked at.
function ask(question, otherwise) {
  try {
    return question(parent);
  } catch {
    return otherwise;
  }
}

function styleOf(page, selector) {
  return page.getComputedStyle(page.document.querySelector(selector));
}

// Light or dark; as the system has it where the page doesn't say.
function followColorScheme() {
  const scheme = ask((page) => styleOf(page, ".stApp").colorScheme, "");
  document.documentElement.style.colorScheme = scheme;
}

function describe(district, [, text, note]) {
  const lines = [text, note].filter(Boolean).flatMap((line) => [el("br"), line]);
  return [el("strong", `${district.name}地区`), ...lines];
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

function boundsOf(layers) {
  return L.latLngBounds(layers.map(({ shape }) => shape.getBounds()));
}

class DistrictMap {
  constructor(map, { districts }, { centre, opacity }) {
    this.map = map;
    this.opacity = opacity;
    // Around what is selected: stands out from every colour, as the marking alone would not.
    this.casing = L.polygon([], { color: LINE, weight: 7, fill: false, interactive: false });
    this.layers = districts.map((district, index) => this.addDistrict(district, index));
    this.leaders = ["kyodo-leader-halo", "kyodo-leader"].map((className) =>
      L.polyline([], { className, interactive: false }).addTo(map),
    );
    this.addControls(this.layers.filter(({ district }) => centre.includes(district.id)));
    this.nameControls();
    // Leaflet draws into one SVG; the hatch for "no data" has to live in it.
    this.drawing = map.getPane("overlayPane").querySelector("svg");
    this.drawing.prepend(hatchPattern("kyodo-hatch", 6, ["kyodo-ground", "kyodo-stripe"]));
    this.showAll();
    map.on({
      moveend: () => this.fitLabels(),
      dragend: () => (this.touched = true),
      resize: () => {
        if (!this.touched) this.showAll();
        if (this.state) this.paint(this.state);
      },
    });
    // The frame may have its height before our styles give the map its own.
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.pick(null);
      this.pointAt(null);
    });
  }

  addDistrict(district, index) {
    const shape = L.polygon(district.rings, { ...districtStyle(null, false), smoothFactor: 0 });
    const circle = L.circleMarker(district.anchor, { radius: 0, weight: 1 });
    const icon = L.divIcon({ className: "kyodo-label", html: "", iconSize: [0, 0] });
    const label = L.marker(district.anchor, { interactive: false, keyboard: false, icon });
    const box = label.addTo(this.map).getElement();
    // Hidden until they have their places.
    const name = el("span", { hidden: true }, district.name);
    const mark = el("b", { hidden: true });
    box.append(name, mark);
    const layer = { shape, circle, box, name, mark, district, index };
    const listeners = {
      click: (event) => {
        L.DomEvent.stopPropagation(event);
        this.pick(this.state?.selected === district.id ? null : district.id);
      },
      mouseover: () => {
        shape.setStyle({ weight: 2.5 });
        this.pointAt(layer);
      },
      mouseout: () => this.paintDistrict(layer),
    };
    shape.on(listeners).addTo(this.map);
    circle.on(listeners);
    return layer;
  }

  addControls(central) {
    const add = (position, node) => {
      const Control = L.Control.extend({ onAdd: () => node });
      new Control({ position }).addTo(this.map);
      return node;
    };
    const zoomToCentre = () => {
      this.touched = true;
      this.map.fitBounds(boundsOf(central), { padding: [12, 12] });
    };
    const buttons = [["全体", () => this.showAll()], ["中心部を拡大", zoomToCentre]];
    const members = buttons.map(([text, onclick]) => pushButton(text, onclick, { class: null }));
    const box = add("topright", el("div.leaflet-bar.kyodo-zoom", members));
    L.DomEvent.disableClickPropagation(box);
    L.control.zoom({ zoomInTitle: "拡大", zoomOutTitle: "縮小" }).addTo(this.map);
    L.control.scale({ imperial: false }).addTo(this.map);
    this.corner = add("bottomright", el("div.kyodo-told"));
  }

  // What the pointer is on, in a corner where it covers no neighbour; it stays when the pointer
  // leaves, so that one can look at it at leisure.
  pointAt(layer) {
    this.pointed = layer;
    const entry = layer && this.state?.districts[layer.index];
    this.corner.replaceChildren(...(entry ? describe(layer.district, entry) : []));
  }

  showAll() {
    this.touched = false;
    this.map.invalidateSize({ pan: false });
    const room = { paddingTopLeft: [8, BUTTONS_PX], paddingBottomRight: [8, 8] };
    this.map.fitBounds(boundsOf(this.layers), room);
    this.fitLabels();
  }

  // The layers whose circles are shown, from the largest on.
  withCircles() {
    const shown = this.layers.filter(({ circle }) => this.map.hasLayer(circle));
    return shown.sort((a, b) => b.circle.getRadius() - a.circle.getRadius());
  }

  selectedLayer() {
    return this.layers.find(({ district }) => district.id === this.state?.selected);
  }

  // Decision 55: names and marks stand where the server places them, what is selected and the
  // largest circles always. Colours don't wait; without an answer only the names are missing.
  async fitLabels() {
    const needed = [this.selectedLayer(), ...this.withCircles().slice(0, ALWAYS_NAMED)];
    const spots = this.layers.map((layer) => this.spotOf(layer, needed.includes(layer)));
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
    this.layers.forEach((layer, n) => this.placeLabel(layer, spots[n], positions[n]));
    const lines = positions.flatMap((position) => (position?.line ? [position.line] : []));
    const place = (x, y) => this.map.containerPointToLatLng([x, y]);
    const ends = lines.map(([x1, y1, x2, y2]) => [place(x1, y1), place(x2, y2)]);
    for (const leader of this.leaders) leader.setLatLngs(ends).bringToFront();
  }

  // The fields of a LabelSpot (maps/label_placement.py) in their order.
  spotOf({ shape, circle, mark: { textContent: mark }, district }, isNeeded) {
    const { x, y } = this.map.latLngToContainerPoint(district.anchor);
    const bounds = shape.getBounds();
    const corners = [bounds.getSouthWest(), bounds.getNorthEast()];
    const points = corners.map((corner) => this.map.latLngToContainerPoint(corner));
    const { x: wide, y: high } = L.bounds(points).getSize();
    const isBeside = this.map.hasLayer(circle);
    const width = district.name.length * LETTER_PX + 2;
    const hasRoom = !isBeside && wide > width + 4 && high > LINE_PX * (mark ? 2 : 1) + 10;
    const letter = mark && wide > MARK_PX && high > MARK_PX ? MARK_PX / 2 : 0;
    const radius = isBeside ? circle.getRadius() : letter;
    const reach = isBeside ? radius + 1 : Math.max(wide, high) / 2;
    const height = LINE_PX * (mark && hasRoom ? 2 : 1);
    const spot = [x, y, radius, reach, width, height, hasRoom, isBeside, isNeeded];
    return spot.map((value) => Number(Number(value).toFixed(2)));
  }

  placeLabel({ name, mark }, [x, y, radius], position) {
    const isBeside = Boolean(position) && (position.x !== x || position.y !== y);
    name.hidden = !position;
    name.classList.toggle("kyodo-beside", isBeside);
    const away = isBeside ? [position.x - x, position.y - y] : [];
    name.style.translate = away.map((px) => `calc(${px}px - 50%)`).join(" ");
    mark.hidden = !mark.textContent || !radius;
  }

  pick(id) {
    Streamlit.setComponentValue({ district: id, n: Date.now() });
  }

  // Names for people who do not see the map: the picture in words, the rest by what it does.
  tell({ title, alt }) {
    window.frameElement?.setAttribute("aria-label", `地図: ${title}`);
    setAttributes(this.drawing, { role: "img", "aria-label": alt });
  }

  nameControls() {
    document.documentElement.lang = "ja";
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.content = "width=device-width, initial-scale=1";
    }
    const label = "地図。矢印キーで動かし、＋と－で拡大・縮小します";
    setAttributes(this.map.getContainer(), { role: "group", "aria-label": label });
    // Names are in the picture's words.
    this.map.getPane("markerPane").setAttribute("aria-hidden", "true");
  }

  paint(state) {
    this.state = state;
    // How large circles are, as in the legend (page.css).
    const sizeOf = (page) => parseFloat(styleOf(page, ".kg-picture").getPropertyValue("--circle"));
    this.circleScale = ask(sizeOf, 1);
    this.tell(state);
    followColorScheme();
    for (const layer of this.layers) this.paintDistrict(layer);
    const chosen = this.selectedLayer();
    this.casing.remove();
    if (chosen) {
      this.casing.setLatLngs(chosen.shape.getLatLngs()).addTo(this.map).bringToFront();
      chosen.shape.bringToFront();
    }
    this.fitLabels();
    // Small circles stay on top of large ones, where they can be seen and clicked.
    for (const { circle } of this.withCircles()) circle.bringToFront();
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
  }

  paintDistrict(layer) {
    const { shape, circle, box, mark, district, index } = layer;
    if (!this.state) return;
    const { districts, swatches, selected, legend } = this.state;
    const [swatchIndex, , , radius] = districts[index];
    const swatch = swatches[swatchIndex];
    const [, kind, hasLightInk] = swatch;
    const isSelected = selected === district.id;
    const isCircle = (radius ?? null) !== null && kind !== "hatch";
    const style = districtStyle(isCircle ? null : swatch, isSelected);
    shape.setStyle({ ...style, fillOpacity: this.opacity });
    if (isCircle) {
      circle.setRadius(radius * this.circleScale);
      circle.setStyle(circleStyle(swatch, isSelected));
      circle.addTo(this.map);
    } else circle.remove();
    if (this.pointed === layer) this.pointAt(layer);
    mark.textContent = legend.items.find((item) => item.swatch === swatchIndex)?.mark || "";
    box.classList.toggle("kyodo-label-light", kind === "fill" && hasLightInk === 1);
    box.classList.toggle("kyodo-label-ground", kind !== "fill");
    shape.getElement().dataset.district = district.id;
  }
}

/** Draw the map of an edition; the page around this frame finds it as `kyodo`. */
export function createMap(map, geometry, options) {
  followColorScheme();
  window.kyodo = new DistrictMap(map, geometry, options);
  // What the page painted last, before there was a map.
  const painted = ask((page) => page.kyodoPicture, null);
  if (painted) window.kyodo.paint(painted);
}
