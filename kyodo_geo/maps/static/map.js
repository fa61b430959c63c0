// The district map. Shapes are loaded once an edition; a filter change only calls paint().
//
// State given to paint(): {swatches: [[colour, kind, has light ink], …], districts: [[swatch,
// text, note, radius], …] in the order of the edition's districts, marks: the letters of
// swatches that are categories, by their number, selected: "C01" | null}.
// Kinds: fill, hatch, outline, circle, ring. The page around this frame paints it; what it painted
// last is kept there as `kyodoPicture`, for a map that comes later.
(function () {
  "use strict";

  const BUTTONS_PX = 46; // above the city
  const LETTER_PX = 12;
  const LINE_PX = 14; // of the letters in map.css
  const MARK_PX = 16;
  const ALWAYS_NAMED = 3; // of the largest circles

  // From the pages' tokens.css.
  const LINE = "var(--kg-map-line)";
  const MARKED = "var(--kg-map-marked)";
  const EDGE = "var(--kg-map-edge)";
  const GROUNDS = { land: "var(--kg-map-land)", outline: "var(--kg-map-zero)", ring: "var(--kg-map-zero)", hatch: "url(#kyodo-hatch)" };

  // Light or dark as the page around this frame.
  function followScheme() {
    try {
      const app = window.parent.document.querySelector(".stApp");
      document.documentElement.style.colorScheme = app ? getComputedStyle(app).colorScheme : "";
    } catch {
      // embedded by a page of another host: as the system has it
    }
  }

  // How large circles are, as in the legend of the page around this frame (page.css).
  function circleScale() {
    try {
      const legend = window.parent.document.querySelector(".kg-picture");
      return parseFloat(window.parent.getComputedStyle(legend).getPropertyValue("--circle"));
    } catch {
      return 1; // as above
    }
  }

  // Leaflet draws into one SVG; the hatch for "no data" has to live in it.
  function addHatch(map) {
    const svg = map.getPane("overlayPane").querySelector("svg");
    if (!svg || svg.querySelector("#kyodo-hatch")) return;
    const ns = "http://www.w3.org/2000/svg";
    const defs = document.createElementNS(ns, "defs");
    defs.innerHTML =
      '<pattern id="kyodo-hatch" width="6" height="6" patternUnits="userSpaceOnUse"' +
      ' patternTransform="rotate(45)"><rect width="6" height="6" class="kyodo-ground"/>' +
      '<line x1="0" y1="0" x2="0" y2="6" class="kyodo-stripe" stroke-width="2"/></pattern>';
    svg.prepend(defs);
  }

  function told(district, entry) {
    const name = document.createElement("strong");
    name.textContent = district.full_name;
    const lines = [entry[1], entry[2]].filter(Boolean);
    return [name, ...lines.flatMap((line) => [document.createElement("br"), line])];
  }

  // What tells no figure is as the page is, light or dark: land below circles, zero, no data.
  function fillStyle(swatch, isSelected) {
    const ground = GROUNDS[swatch ? swatch[1] : "land"];
    return {
      color: isSelected ? MARKED : ground ? EDGE : LINE,
      weight: isSelected ? 3 : 0.8,
      fillOpacity: 1,
      fillColor: ground || swatch[0],
    };
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
      const shape = L.polygon(district.rings, { ...fillStyle(null, false), smoothFactor: 0 });
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
      const mark = document.createElement("b");
      label.getElement().append(document.createElement("span"), mark);
      label.getElement().firstChild.textContent = district.name;
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
      this.corner.replaceChildren(...(entry ? told(district, entry) : []));
    }

    showAll() {
      this.touched = false;
      this.map.invalidateSize({ pan: false });
      this.map.fitBounds(this.boundsOf(Object.keys(this.layers)), { paddingTopLeft: [8, BUTTONS_PX], paddingBottomRight: [8, 8] });
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

    // Names and marks as names.js places them: what is selected and the largest circles always.
    fitLabels() {
      const layers = Object.values(this.layers);
      const largest = layers.filter((one) => this.map.hasLayer(one.circle));
      largest.sort((a, b) => b.circle.getRadius() - a.circle.getRadius());
      const needed = [this.layers[this.state?.selected], ...largest.slice(0, ALWAYS_NAMED)];
      const spots = layers.map((one) => this.spotOf(one, needed.includes(one)));
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      const far = corner.add(this.map.getSize());
      const standings = KyodoNames.standings(spots, [corner.x, corner.y, far.x, far.y]);
      layers.forEach(({ label }, n) => this.placeLabel(label.getElement(), spots[n], standings.get(spots[n])));
      const lines = [...standings.values()].flatMap(({ line }) => (line ? [line] : []));
      const places = lines.map((line) => line.map((point) => this.map.layerPointToLatLng(point)));
      for (const leader of this.leaders) leader.setLatLngs(places).bringToFront();
    }

    spotOf({ shape, circle, label, district }, isNeeded) {
      const { x, y } = this.map.latLngToLayerPoint(district.anchor);
      const bounds = shape.getBounds();
      const west = this.map.latLngToLayerPoint(bounds.getSouthWest());
      const east = this.map.latLngToLayerPoint(bounds.getNorthEast());
      const [wide, high] = [east.x - west.x, west.y - east.y];
      const isBeside = this.map.hasLayer(circle);
      const mark = label.getElement().lastChild.textContent;
      const width = district.name.length * LETTER_PX + 2;
      const hasRoom = !isBeside && wide > width + 4 && high > LINE_PX * (mark ? 2 : 1) + 10;
      const letter = mark && wide > MARK_PX && high > MARK_PX ? MARK_PX / 2 : 0;
      return {
        x, y, width, hasRoom, isBeside, isNeeded,
        radius: isBeside ? circle.getRadius() : letter,
        reach: isBeside ? circle.getRadius() + 1 : Math.max(wide, high) / 2,
        height: LINE_PX * (mark && hasRoom ? 2 : 1),
      };
    }

    placeLabel(box, spot, standing) {
      const [name, mark] = box.children;
      const isInside = standing?.x === spot.x && standing.y === spot.y;
      name.hidden = !standing;
      name.classList.toggle("kyodo-beside", Boolean(standing) && !isInside);
      const away = standing && !isInside ? [standing.x - spot.x, standing.y - spot.y] : [];
      name.style.translate = away.map((px) => `calc(${px}px - 50%)`).join(" ");
      mark.hidden = !mark.textContent || !spot.radius;
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
      for (const meta of document.querySelectorAll("meta[name=viewport]")) meta.content = "width=device-width, initial-scale=1";
      const box = this.map.getContainer();
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "地図。矢印キーで動かし、＋と－で拡大・縮小します");
      this.map.getPane("markerPane").setAttribute("aria-hidden", "true"); // names are in the picture's words
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
      followScheme();
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
      shape.setStyle({ ...fillStyle(fill, isSelected), fillOpacity: this.opacity });
      if (isCircle && swatch[1] !== "hatch") {
        circle.setRadius(radius * this.circleScale);
        // A circle may hide the outline of a small district: it is marked itself.
        circle.setStyle({
          color: isSelected ? MARKED : EDGE,
          weight: isSelected ? 3 : 1,
          fillColor: GROUNDS[swatch[1]] || swatch[0],
          fillOpacity: 1,
        });
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

  function pictureAround() {
    try {
      return window.parent.kyodoPicture;
    } catch {
      return undefined; // embedded by a page of another host
    }
  }

  function create(map, geometry, options) {
    followScheme();
    const made = new DistrictMap(map, geometry, options);
    const picture = pictureAround();
    if (picture) made.paint(picture);
    return made;
  }

  window.KyodoMap = { create };
})();
