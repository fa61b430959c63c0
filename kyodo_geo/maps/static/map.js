// The district map. Shapes are loaded once an edition; a filter change only calls paint().
//
// State given to paint(): {swatches: [[colour, kind, has light ink], …], districts: [[swatch,
// text, note, radius], …] in the order of the edition's districts, selected: "C01" | null}.
// Kinds: fill, hatch, outline. The page around this frame paints it; what it painted
// last is kept there as `kyodoPicture`, for a map that comes later.
(function () {
  "use strict";

  const BORDER = "#6b7280";
  const SELECTED = "#c2410c";
  const LAND = "#f3f4f6";

  // Leaflet draws into one SVG; the hatch for "no data" has to live in it.
  function addHatch(map) {
    const svg = map.getPane("overlayPane").querySelector("svg");
    if (!svg || svg.querySelector("#kyodo-hatch")) return;
    const ns = "http://www.w3.org/2000/svg";
    const defs = document.createElementNS(ns, "defs");
    defs.innerHTML =
      '<pattern id="kyodo-hatch" width="6" height="6" patternUnits="userSpaceOnUse"' +
      ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#e5e7eb"/>' +
      '<line x1="0" y1="0" x2="0" y2="6" stroke="#8c8c8c" stroke-width="2"/></pattern>';
    svg.prepend(defs);
  }

  function tooltipContent(district, entry) {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = district.name + "地区";
    box.append(name);
    for (const line of [entry[1], entry[2]]) {
      if (!line) continue;
      box.append(document.createElement("br"), line);
    }
    return box;
  }

  function fillStyle(swatch, isSelected) {
    const style = {
      color: isSelected ? SELECTED : BORDER,
      weight: isSelected ? 3.5 : 0.8,
      fillOpacity: 1,
      fillColor: LAND,
    };
    if (swatch) style.fillColor = swatch[1] === "hatch" ? "url(#kyodo-hatch)" : swatch[0];
    return style;
  }

  class DistrictMap {
    constructor(map, geometry, options) {
      this.map = map;
      this.geometry = geometry;
      this.state = null;
      this.layers = {};
      this.opacity = options.opacity;
      geometry.districts.forEach((district, index) => this.addDistrict(district, index));
      this.addControls(options.centre);
      addHatch(map);
      this.showAll();
      map.on("zoomend", () => this.fitLabels());
      map.on("resize", () => this.touched || this.showAll());
      map.on("dragend", () => (this.touched = true));
      map.getContainer().addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.pick(null);
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
        layer.on("mouseover", () => shape.setStyle({ weight: 2.5 }));
        layer.on("mouseout", () => this.paintDistrict(district));
        layer.bindTooltip("", { sticky: true, className: "kyodo-tooltip" });
      }
      shape.addTo(this.map);
      label.addTo(this.map);
      label.getElement().textContent = district.name;
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
    }

    showAll() {
      this.touched = false;
      this.map.invalidateSize({ pan: false });
      this.map.fitBounds(this.boundsOf(Object.keys(this.layers)), { padding: [8, 8] });
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

    // A name is shown where its district is wide enough for it.
    fitLabels() {
      for (const { shape, label, district } of Object.values(this.layers)) {
        const bounds = shape.getBounds();
        const west = this.map.latLngToLayerPoint(bounds.getSouthWest());
        const east = this.map.latLngToLayerPoint(bounds.getNorthEast());
        const fits =
          east.x - west.x > district.name.length * 13 + 6 && west.y - east.y > 24;
        label.getElement().style.display = fits ? "" : "none";
      }
    }

    pick(id) {
      Streamlit.setComponentValue({ district: id, n: Date.now() });
    }

    paint(state) {
      this.state = state;
      for (const { district } of Object.values(this.layers)) this.paintDistrict(district);
      const chosen = state.selected && this.layers[state.selected];
      if (chosen) chosen.shape.bringToFront();
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
        circle.setRadius(radius);
        circle.setStyle({
          color: swatch[1] === "outline" ? BORDER : "#ffffff",
          fillColor: swatch[0],
          fillOpacity: swatch[1] === "outline" ? 1 : 0.85,
        });
        circle.addTo(this.map);
      } else circle.remove();
      for (const layer of [shape, circle]) {
        layer.setTooltipContent(tooltipContent(district, entry));
      }
      const isLight = swatch[1] === "fill" && swatch[2] === 1;
      label.getElement().classList.toggle("kyodo-label-light", isLight);
      // Above the circle, not under it.
      label.getElement().style.marginTop = isCircle ? `${-(radius + 8)}px` : "0";
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
    const made = new DistrictMap(map, geometry, options);
    const picture = pictureAround();
    if (picture) made.paint(picture);
    return made;
  }

  window.KyodoMap = { create };
})();
