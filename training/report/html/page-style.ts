/** The style of the page: system fonts, light and dark by what the reader prefers, a phone and paper as well. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f7f9; --line: #d9dde3; --ink: #1b2129; --soft: #55606e;
  --good: #0b6b3a; --good-ground: #e3f4ea; --look: #7a5200; --look-ground: #fdf1d8; --bad: #a3231b; --bad-ground: #fde7e4;
  --chart-model: #0072b2; --chart-against: #d55e00; --chart-third: #00825f; --chart-muted: #6b7480; --chart-ground: var(--ground);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --raised: #1a2028; --line: #333c48; --ink: #e6eaef; --soft: #a3aebb;
    --good: #7fd6a5; --good-ground: #12301f; --look: #f2c66d; --look-ground: #33270d; --bad: #ff9d92; --bad-ground: #3d1613;
    --chart-model: #56b4e9; --chart-against: #f08a3c; --chart-third: #3fc79a; --chart-muted: #939eab;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 36px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h1 small { color: var(--soft); font-weight: 400; font-size: 20px; }
h2 { font-size: 22px; line-height: 1.3; margin: 52px 0 10px; }
h3 { font-size: 17px; margin: 28px 0 4px; }
p { margin: 8px 0; max-width: 78ch; overflow-wrap: anywhere; }
.note, figcaption span, caption, .facts { color: var(--soft); font-size: 14px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 18px 0 0; padding: 10px 0; border-block: 1px solid var(--line); font-size: 14px; }
a { color: var(--chart-model); }
.decision { border: 1px solid var(--line); border-left-width: 6px; border-radius: 8px; padding: 18px 20px 14px; margin: 26px 0; background: var(--raised); }
.decision h2 { margin: 0 0 4px; }
.decision.good { border-left-color: var(--good); } .decision.look { border-left-color: var(--look); } .decision.bad { border-left-color: var(--bad); }
.lead { font-size: 18px; }
.checks { list-style: none; padding: 0; margin: 14px 0 0; }
.checks li { display: grid; grid-template-columns: 104px 1fr; gap: 12px; padding: 9px 0; border-top: 1px solid var(--line); align-items: start; }
.checks p { margin: 0; }
.checks .badge { justify-self: start; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tiles div { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.tiles dt { color: var(--soft); font-size: 14px; }
.tiles dd { margin: 0; font-size: 26px; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles dd.note { font-size: 13px; font-weight: 400; min-height: 1.25em; }
.figures { display: grid; gap: 26px 32px; margin: 18px 0; align-items: start; }
.figures.large { grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); }
.figures.small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { margin-bottom: 6px; overflow-wrap: anywhere; }
figcaption b { display: block; }
figcaption span { display: block; }
.chart { display: block; overflow: visible; width: 100%; height: auto; max-width: 560px; }
.small .chart { max-width: 380px; }
.chart text { white-space: pre; }
.scroll { overflow-x: auto; margin: 18px 0; }
.scroll:focus-visible { outline: 2px solid var(--chart-model); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 14px; line-height: 1.45; min-width: min(100%, 420px); }
caption { text-align: left; padding-bottom: 6px; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; max-width: 44ch; overflow-wrap: break-word; }
td.words { min-width: 18ch; }
thead th { color: var(--soft); font-weight: 500; }
tbody th { font-weight: 500; min-width: 8.5em; }
th.figure, td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 8px; }
.badge { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; font-weight: 600; white-space: nowrap; border: 1px solid currentColor; color: var(--soft); }
.badge.good { color: var(--good); background: var(--good-ground); } .badge.look { color: var(--look); background: var(--look-ground); } .badge.bad { color: var(--bad); background: var(--bad-ground); }
.findings { list-style: none; padding: 0; margin: 12px 0; }
.findings li { border-top: 1px solid var(--line); padding: 10px 0; overflow-wrap: anywhere; }
.findings p { margin: 2px 0; }
footer { margin-top: 60px; padding-top: 14px; padding-bottom: 40px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; }
time { white-space: nowrap; }
code { font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 480px) { header, main, footer { padding-left: 16px; padding-right: 16px; } h1 { font-size: 25px; } .checks li { grid-template-columns: 1fr; gap: 4px; } .tiles { grid-template-columns: 1fr 1fr; } .tiles dd { font-size: 22px; } }
@media print {
  :root { color-scheme: light; --ground: #fff; --raised: #fff; --line: #bbb; --ink: #000; --soft: #333; --good: #0b6b3a; --good-ground: #fff; --look: #7a5200; --look-ground: #fff; --bad: #a3231b; --bad-ground: #fff; --chart-model: #0072b2; --chart-against: #c04f00; --chart-third: #00735a; --chart-muted: #666; }
  body { font-size: 11pt; } nav { display: none; } h2 { break-after: avoid; } .scroll { overflow: visible; } tr, .decision { break-inside: avoid; }
  .figures.large { grid-template-columns: 1fr 1fr; } .figures.small { grid-template-columns: 1fr 1fr 1fr; } table { font-size: 8pt; min-width: 0; } tbody th { min-width: 0; } td.words { min-width: 0; } th.figure, td.figure { white-space: normal; } .tiles { grid-template-columns: repeat(6, 1fr); gap: 6px; } .tiles div { padding: 6px 8px; } .tiles dd { font-size: 15pt; } .tiles dt, .tiles dd.note { font-size: 8pt; }
}
`
