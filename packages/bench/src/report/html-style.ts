/** The style sheet of the page. Nothing in it comes from a report. */
export const style: string = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #ffffff; --text: #1b1f24; --soft: #59636e; --line: #dfe3e8; --code: #f0f2f4;
  --good: #116b3d; --bad: #b3261e; --warn: #855300; --link: #1f54b8;
  --good-soft: #e3f4ea; --bad-soft: #fdeae8; --warn-soft: #fdf1d8; --none-soft: #eceff2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1215; --card: #171b20; --text: #e7eaee; --soft: #9ba6b2; --line: #2b323a; --code: #20262d;
    --good: #5fd39a; --bad: #ff8f86; --warn: #f2bd5c; --link: #8db4ff;
    --good-soft: #12301f; --bad-soft: #3a1917; --warn-soft: #33260d; --none-soft: #232a31;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2, p, dl, dd, ul, table { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.5rem 0 0.9rem; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.85em; background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.eyebrow { color: var(--soft); font-size: 0.85rem; margin-bottom: 0.4rem; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }

.verdict { margin-top: 1.5rem; display: grid; grid-template-columns: auto 1fr auto; gap: 1rem 1.25rem; align-items: center; padding: 1.4rem 1.5rem; border-left-width: 6px; }
.verdict svg { width: 2.75rem; height: 2.75rem; display: block; }
.verdict .words { font-size: 1.3rem; font-weight: 650; line-height: 1.3; }
.verdict .words + p { color: var(--soft); font-size: 0.95rem; }
.score { text-align: right; }
.score b { font-size: 2.2rem; font-weight: 650; line-height: 1; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.score small { display: block; color: var(--soft); font-size: 0.8rem; }
.is-pass { border-left-color: var(--good); } .is-pass .words, .is-pass svg { color: var(--good); }
.is-fail { border-left-color: var(--bad); } .is-fail .words, .is-fail svg { color: var(--bad); }
.is-part { border-left-color: var(--warn); } .is-part .words, .is-part svg { color: var(--warn); }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.9rem 1.5rem; margin-top: 1.4rem; }
.facts dt { color: var(--soft); font-size: 0.8rem; }
.facts dd { overflow-wrap: anywhere; font-size: 0.95rem; }
.facts .wide { grid-column: 1 / -1; }

details.scenario { border-top: 1px solid var(--line); }
details.scenario:first-child { border-top: 0; }
details.scenario > summary { cursor: pointer; list-style: none; padding: 0.85rem 1.25rem; display: grid; grid-template-columns: 1.1rem minmax(0, 1fr) 6rem 3.2rem 5rem 0.5rem; gap: 0.1rem 1rem; align-items: center; }
details.scenario > summary::-webkit-details-marker { display: none; }
details.scenario > summary::after { content: ""; grid-column: -2; grid-row: 1; width: 0.45rem; height: 0.45rem; border-right: 2px solid var(--soft); border-bottom: 2px solid var(--soft); transform: rotate(-45deg); }
details.scenario[open] > summary::after { transform: rotate(45deg); }
.sign { font-weight: 700; text-align: center; } .pass > summary .sign { color: var(--good); } .some > summary .sign { color: var(--warn); } .fail > summary .sign { color: var(--bad); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.name small { display: block; font-weight: 400; color: var(--soft); font-size: 0.875rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.passes { color: var(--soft); font-size: 0.9rem; white-space: nowrap; text-align: right; }
.amounts { grid-column: 2 / -2; color: var(--soft); font-size: 0.875rem; }
.bar { display: block; width: 100%; height: 8px; border-radius: 4px; background: var(--none-soft); }
.bar rect { fill: var(--bad); } .pass .bar rect { fill: var(--good); } .some .bar rect { fill: var(--warn); }
.inside { padding: 0 1.25rem 1.1rem 3.35rem; }
.faults { list-style: none; }
.faults li { padding: 0.2rem 0; overflow-wrap: anywhere; }
.faults b { font-weight: 600; } .faults .broken b { color: var(--bad); }
details.trial { margin-top: 0.5rem; font-size: 0.9rem; }
details.trial > summary { cursor: pointer; overflow-wrap: anywhere; width: fit-content; padding: 0.15rem 0; }
details.trial > summary span { color: var(--soft); }
table { width: 100%; border-collapse: collapse; margin-top: 0.3rem; }
th { text-align: left; font-weight: 600; padding: 0.3rem 0.9rem 0.3rem 0; vertical-align: top; width: 32%; overflow-wrap: anywhere; font-size: 0.9rem; }
td { padding: 0.3rem 0.9rem 0.3rem 0; border-top: 1px solid var(--line); vertical-align: top; font-size: 0.9rem; overflow-wrap: anywhere; }
tr th { border-top: 1px solid var(--line); }
td.way { width: 4.5rem; white-space: nowrap; } .met { color: var(--good); } .missed { color: var(--bad); }
footer { margin-top: 3rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
footer p + p { margin-top: 0.5rem; }

@media (max-width: 44rem) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.45rem; }
  .verdict { grid-template-columns: auto 1fr; padding: 1.1rem; }
  .verdict svg { width: 2.25rem; height: 2.25rem; }
  .verdict .words { font-size: 1.12rem; }
  .score { grid-column: 1 / -1; text-align: left; display: flex; gap: 0.5rem; align-items: baseline; }
  .score b { font-size: 1.6rem; }
  details.scenario > summary { grid-template-columns: 1.1rem minmax(0, 1fr) auto 0.5rem; padding: 0.8rem 1rem; }
  .bar, summary > .passes { grid-column: 2 / -2; text-align: left; }
  summary > .number { grid-column: 3; grid-row: 1; }
  .inside { padding: 0 1rem 1rem; }
  th, td, td.way { display: block; width: auto; padding: 0.05rem 0; border: 0; }
  tr { display: block; padding: 0.5rem 0; border-top: 1px solid var(--line); }
  tr th { border: 0; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2; --good: #0b5a31; --bad: #9b1c15; --warn: #6f4500; --none-soft: #ddd; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  details.scenario, .verdict { break-inside: avoid; } h2 { break-after: avoid; }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
