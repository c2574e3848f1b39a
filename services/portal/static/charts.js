// Draws what stands as data in `data-chart`; the same figures are in the table beside it.
"use strict";

const COLOURS = ["#17406d", "#c08a2d"];
const NARROW = 560;

function optionsOf(data, width) {
  const narrow = width < NARROW;
  const many = data.series.length > 1;
  const told = (value) => (value === null ? "无数据" : `${value}${data.unit}`);
  const names = { type: "category", data: data.categories, axisLabel: { interval: 0, color: "#1d2733", fontSize: 13 } };
  const numbers = { type: "value", axisLabel: { formatter: `{value}${data.unit === "%" ? "%" : ""}`, color: "#4a5868" }, minInterval: data.unit === "%" ? 0 : 1 };
  return {
    color: COLOURS,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: {
      enabled: true,
      decal: { show: many },
      label: { general: { withoutTitle: `${data.title}，数据见图旁表格。` } },
    },
    // Rich text is drawn on the canvas; a tooltip of HTML would need inline styles.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: told },
    legend: many ? { top: 0, itemHeight: 14, textStyle: { fontSize: 14, color: "#1d2733" } } : undefined,
    grid: { left: 8, right: 48, top: many ? 40 : 8, bottom: 8, containLabel: true },
    xAxis: narrow || !many ? numbers : names,
    yAxis: narrow || !many ? { ...names, inverse: true } : numbers,
    series: data.series.map((series) => ({
      name: series.name,
      type: "bar",
      barMaxWidth: 26,
      data: series.values,
      label: { show: !many, position: "right", formatter: ({ value }) => told(value) },
    })),
  };
}

function draw(element) {
  const data = JSON.parse(element.dataset.chart);
  const chart = echarts.init(element, null, { renderer: "canvas" });
  const show = () => {
    chart.resize();
    chart.setOption(optionsOf(data, element.clientWidth), true);
  };
  show();
  new ResizeObserver(show).observe(element);
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-chart]").forEach((element) => {
    element.classList.add("chart-drawn");
    draw(element);
  });
});
