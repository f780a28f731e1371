/** The style sheet of the page. Nothing in it comes from a report. */
export const style: string = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #ffffff; --text: #1b1f24; --soft: #59636e; --line: #dfe3e8; --code: #f0f2f4;
  --good: #116b3d; --bad: #b3261e; --warn: #855300; --none: #59636e; --link: #1f54b8;
  --good-soft: #e3f4ea; --bad-soft: #fdeae8; --warn-soft: #fdf1d8; --none-soft: #eceff2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1215; --card: #171b20; --text: #e7eaee; --soft: #9ba6b2; --line: #2b323a; --code: #20262d;
    --good: #5fd39a; --bad: #ff8f86; --warn: #f2bd5c; --none: #9ba6b2; --link: #8db4ff;
    --good-soft: #12301f; --bad-soft: #3a1917; --warn-soft: #33260d; --none-soft: #232a31;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2, h3, p, dl, dd, ul, pre, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.75rem 0 0.9rem; letter-spacing: -0.01em; }
h2 .number { color: var(--soft); font-weight: 400; margin-left: 0.35rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.85em; }
code { background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.eyebrow { color: var(--soft); font-size: 0.85rem; margin-bottom: 0.4rem; }
.address { color: var(--soft); overflow-wrap: anywhere; margin-top: 0.25rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }

.verdict { margin: 1.5rem 0 0; display: grid; grid-template-columns: auto 1fr auto; gap: 1rem 1.25rem; align-items: center; padding: 1.4rem 1.5rem; border-left-width: 6px; }
.verdict svg { width: 2.75rem; height: 2.75rem; display: block; }
.verdict .words { font-size: 1.3rem; font-weight: 650; line-height: 1.3; }
.verdict .words + p { color: var(--soft); font-size: 0.95rem; margin-top: 0.15rem; }
.verdict .ratios { display: flex; gap: 1.75rem; }
.ratio { text-align: right; white-space: nowrap; }
.ratio b { font-size: 1.6rem; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.ratio span { color: var(--soft); }
.ratio small { display: block; color: var(--soft); font-size: 0.8rem; }
.is-pass { border-left-color: var(--good); } .is-pass .words, .is-pass svg { color: var(--good); }
.is-fail { border-left-color: var(--bad); } .is-fail .words, .is-fail svg { color: var(--bad); }
.is-untested, .is-held { border-left-color: var(--warn); } .is-untested .words, .is-untested svg, .is-held .words, .is-held svg { color: var(--warn); }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.9rem 1.5rem; margin-top: 1.4rem; }
.facts dt { color: var(--soft); font-size: 0.8rem; }
.facts dd { overflow-wrap: anywhere; font-size: 0.95rem; }
.facts .wide { grid-column: 1 / -1; }

.capabilities { list-style: none; display: grid; gap: 0; overflow: hidden; }
.capabilities li { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr 6.5rem minmax(0, 16rem); gap: 0.4rem 1.25rem; align-items: center; padding: 0.7rem 1.25rem; border-top: 1px solid var(--line); }
.capabilities.is-whole li { grid-template-columns: minmax(6rem, 10rem) 1fr 6.5rem; }
.capabilities li:first-child { border-top: 0; }
.capabilities .name { font-weight: 600; overflow-wrap: anywhere; }
.capabilities .kept { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.capabilities .remark { color: var(--soft); font-size: 0.875rem; }
.bar { display: block; width: 100%; height: 8px; border-radius: 4px; background: var(--none-soft); }
.bar .pass { fill: var(--good); } .bar .warn { fill: var(--warn); } .bar .fail { fill: var(--bad); } .bar .untestable { fill: var(--soft); opacity: 0.45; }
.remark-below { color: var(--soft); font-size: 0.9rem; margin-top: 0.75rem; }

.chip { display: inline-block; border-radius: 999px; padding: 0.08rem 0.6rem; font-size: 0.78rem; font-weight: 600; white-space: nowrap; }
.chip.pass { color: var(--good); background: var(--good-soft); }
.chip.fail { color: var(--bad); background: var(--bad-soft); }
.chip.warn, .chip.untestable { color: var(--warn); background: var(--warn-soft); }
.chip.not_applicable, .chip.known { color: var(--none); background: var(--none-soft); }

details.finding { margin-top: 0.75rem; overflow: hidden; }
details.finding > summary { cursor: pointer; list-style: none; padding: 1rem 1.25rem; display: grid; grid-template-columns: auto 1fr; gap: 0 0.75rem; }
details.finding > summary::-webkit-details-marker { display: none; }
details.finding > summary::before { content: ""; width: 0.5rem; height: 0.5rem; margin-top: 0.5rem; border-right: 2px solid var(--soft); border-bottom: 2px solid var(--soft); transform: rotate(-45deg); }
details.finding[open] > summary::before { transform: rotate(45deg); margin-top: 0.4rem; }
.label { font-weight: 400; margin: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 0.7rem; align-items: baseline; color: var(--soft); font-size: 0.875rem; }
.label b { color: var(--text); font-size: 1rem; }
.sentence { margin-top: 0.25rem; }
.cases { border-top: 1px solid var(--line); padding: 0.25rem 1.25rem 1.1rem 2.5rem; }
.case { margin-top: 0.9rem; }
.case h4 { margin: 0; font-size: 0.875rem; font-weight: 600; overflow-wrap: anywhere; }
.case ul { list-style: none; }
.case li { padding-left: 1rem; text-indent: -1rem; overflow-wrap: anywhere; }
.case li::before { content: "–"; display: inline-block; width: 1rem; text-indent: 0; color: var(--soft); }
.case pre, .more { margin-top: 0.5rem; }
pre { background: var(--code); border-radius: 8px; padding: 0.65rem 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; user-select: all; }
pre code { background: none; padding: 0; font-size: inherit; }
.others { margin-top: 0.9rem; font-size: 0.9rem; }
.others summary { cursor: pointer; color: var(--soft); width: fit-content; }
.others ul { list-style: none; margin-top: 0.35rem; }
.others li { padding: 0.2rem 0; overflow-wrap: anywhere; color: var(--soft); }
.others b { color: var(--text); font-weight: 600; }
.more { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }

.list { overflow: hidden; list-style: none; }
.list li { padding: 0.85rem 1.25rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.list li:first-child { border-top: 0; }
.list .advice { font-weight: 600; }
.list small { display: block; color: var(--soft); font-size: 0.875rem; }

.filter { border: 0; min-width: 0; }
.filter legend { padding: 0; float: left; margin: 0.3rem 0.75rem 0.3rem 0; color: var(--soft); font-size: 0.9rem; }
.filter input { position: absolute; opacity: 0; pointer-events: none; }
.filter label { display: inline-block; border: 1px solid var(--line); background: var(--card); border-radius: 999px; padding: 0.25rem 0.85rem; margin: 0 0.3rem 0.45rem 0; font-size: 0.9rem; cursor: pointer; }
.filter label span { color: var(--soft); font-variant-numeric: tabular-nums; }
.filter input:checked + label { background: var(--text); border-color: var(--text); color: var(--page); }
.filter input:checked + label span { color: inherit; }
.filter input:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; clear: both; }
.table { margin-top: 0.5rem; overflow: hidden; clear: both; }
th { text-align: left; font-size: 0.8rem; font-weight: 500; color: var(--soft); padding: 0.65rem 0.75rem; }
td { padding: 0.65rem 0.75rem; border-top: 1px solid var(--line); vertical-align: top; font-size: 0.92rem; }
th:first-child, td:first-child { padding-left: 1.25rem; } th:last-child, td:last-child { padding-right: 1.25rem; text-align: right; }
td:first-child { white-space: nowrap; font-weight: 600; } td:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
td small { display: block; color: var(--soft); font-size: 0.85rem; }
.requirements:has(#all-pass:checked) tr.row:not(.pass), .requirements:has(#all-fail:checked) tr.row:not(.fail),
.requirements:has(#all-warn:checked) tr.row:not(.warn), .requirements:has(#all-untestable:checked) tr.row:not(.untestable),
.requirements:has(#all-not_applicable:checked) tr.row:not(.not_applicable) { display: none; }
footer { margin-top: 3rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
footer p + p { margin-top: 0.5rem; }

@media (max-width: 46rem) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.45rem; }
  .verdict { grid-template-columns: auto 1fr; padding: 1.1rem 1.1rem; }
  .verdict svg { width: 2.25rem; height: 2.25rem; }
  .verdict .words { font-size: 1.12rem; }
  .verdict .ratios { grid-column: 1 / -1; }
  .ratio { text-align: left; }
  .capabilities li, .capabilities.is-whole li { grid-template-columns: 1fr auto; padding: 0.7rem 1rem; }
  .capabilities .bar { grid-column: 1 / -1; grid-row: 2; }
  .capabilities .remark { grid-column: 1 / -1; }
  .capabilities .remark:empty { display: none; }
  details.finding > summary { padding: 0.85rem 1rem; }
  .cases { padding: 0.1rem 1rem 1rem; }
  .filter legend { float: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr.row { padding: 0.8rem 1rem; border-top: 1px solid var(--line); }
  tbody tr.row:first-child { border-top: 0; }
  td, td:first-child, td:last-child { border: 0; padding: 0.1rem 0; text-align: left; }
  td:first-child, td.status { display: inline-block; margin-right: 0.6rem; }
  td:last-child { color: var(--soft); font-size: 0.85rem; }
  td:last-child::before { content: "cases passed: "; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2; --good: #0b5a31; --bad: #9b1c15; --warn: #6f4500; --none: #444; --link: #000; --good-soft: #fff; --bad-soft: #fff; --warn-soft: #fff; --none-soft: #fff; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .filter { display: none; }
  .requirements tr.row { display: table-row !important; }
  .chip { border: 1px solid currentColor; }
  details.finding, tr.row, .verdict, .list li { break-inside: avoid; }
  h2 { break-after: avoid; }
  .bar { background: #ddd; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { details.finding > summary::before { transition: transform 0.12s; } }
`
