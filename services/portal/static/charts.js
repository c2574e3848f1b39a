// Draws what stands as data in `data-chart`; the same figures are in the table beside it.
"use strict";

const COLOURS = ["#17406d", "#c08a2d", "#4f7d5b", "#8d4a6e"];
const TONES = { good: "#1b6140", near: "#c08a2d", late: "#a3211f" };
const NARROW = 560;
const WAN = 10000;
const ROW = 44; // px of a lying bar, with what is around it
const AROUND = 96;

function isLying(data, width) {
  if (data.form === "line") return false;
  return width < NARROW || data.series.length === 1 || data.form === "stacked";
}

// As high as its rows need; the style sheet says how high columns and lines are.
function heightOf(data, width) {
  if (!isLying(data, width)) return "";
  const bars = data.form === "stacked" ? 1 : Math.min(data.series.length, 2);
  return `${AROUND + data.categories.length * ROW * (bars === 1 ? 1 : 1.4)}px`;
}

function optionsOf(data, width) {
  const narrow = width < NARROW;
  const many = data.series.length > 1;
  const line = data.form === "line";
  const stacked = data.form === "stacked";
  const lying = isLying(data, width);
  const told = (value) => (value === null ? "无数据" : `${value.toLocaleString("zh-CN")}${data.unit}`);
  const scale = (value) => {
    if (data.unit === "%") return `${value}%`;
    return Math.abs(value) >= WAN ? `${value / WAN}万` : `${value}`;
  };
  const interval = line ? "auto" : 0;
  const names = { type: "category", data: data.categories, axisLabel: { interval, color: "#1d2733", fontSize: 13, width: narrow ? 96 : 160, overflow: lying ? "break" : "none" } };
  const numbers = { type: "value", axisLabel: { formatter: scale, color: "#4a5868", hideOverlap: true }, minInterval: data.unit === "%" ? 0 : 1 };
  return {
    color: COLOURS,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: {
      enabled: true,
      decal: { show: many && !line },
      label: { general: { withoutTitle: `${data.title}，数据见图旁表格。` } },
    },
    // Rich text is drawn on the canvas; a tooltip of HTML would need inline styles.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: told },
    legend: many ? { top: 0, itemHeight: 14, textStyle: { fontSize: 14, color: "#1d2733" } } : undefined,
    grid: { left: 8, right: 56, top: many ? 40 : 8, bottom: 8, containLabel: true },
    xAxis: lying ? numbers : names,
    yAxis: lying ? { ...names, inverse: true } : numbers,
    series: data.series.map((series, index) => ({
      name: series.name,
      type: line ? "line" : "bar",
      stack: stacked ? "whole" : undefined,
      barMaxWidth: 26,
      symbolSize: 7,
      symbol: ["circle", "diamond", "rect", "triangle"][index % 4],
      lineStyle: line && index > 0 ? { type: "dashed" } : undefined,
      itemStyle: series.tone ? { color: TONES[series.tone] } : undefined,
      data: series.values,
      label: { show: !many && !line, position: "right", formatter: ({ value }) => told(value) },
    })),
  };
}

function draw(element) {
  const data = JSON.parse(element.dataset.chart);
  const chart = echarts.init(element, null, { renderer: "canvas" });
  const show = () => {
    element.style.height = heightOf(data, element.clientWidth);
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
