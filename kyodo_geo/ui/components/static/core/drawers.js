// All functions that draw a part: these modules export nothing else. A part is drawn by the
// function of the name of its kind.

export * from "../pages/api.js";
export * from "../pages/cases.js";
export * from "../pages/guide.js";
export * from "../widgets/boundary_overlay.js";
export * from "../widgets/chart.js";
export * from "../widgets/export_buttons.js";
export * from "../widgets/filter_bar.js";
export * from "../widgets/image_buttons.js";
export * from "../widgets/locator_map.js";
export * from "../widgets/map_panel.js";
export * from "../widgets/prose.js";
export * from "../widgets/table.js";
