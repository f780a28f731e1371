import { createHash } from 'node:crypto'
import { duration, xmlText as html } from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import { style } from './html-style.ts'
import { type Attempt, type Row, type View, viewOf } from './view.ts'
import { callsOf, costOf, count, faultWords, headlineOf, passesOf, scoreOf, standingOf, timeOf } from './words.ts'

/** Trials of a scenario that are shown. */
const ATTEMPTS = 50

/**
 * The report as one page that needs nothing else: no script, no font, no picture, no network. What a runtime, a record or
 * a pack says is text in it, and a content security policy allows the page its own style sheet only.
 */
export const renderHtml = (report: BenchReport): string => {
  const view = viewOf(report)
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${html(`${view.pack}: ${headlineOf(view)}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${[heading(view), scenarios(view), footer(view)].filter(Boolean).join('\n')}
</main>
</body>
</html>
`
}

const svg = (path: string): string =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${path}</svg>`

const MARKS = {
  pass: svg('<path d="M7.5 12.5l3 3 6-6.5"/>'),
  fail: svg('<path d="M8.5 8.5l7 7m0-7l-7 7"/>'),
  part: svg('<path d="M7.5 12h9"/>'),
} as const

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const heading = (view: View): string => {
  const { pack, title, amounts, trials, passed, violations, repeats } = view
  const standing = standingOf(view)
  const sums = [
    ...(repeats > 1 ? [`${passed} of ${count(trials, 'trial')} passed`] : []),
    costOf(amounts, trials).replace(/\((.+)\)$/, '(known of $1)'),
    ...(violations === 0 ? [] : [`${count(violations, 'trial')} broke a rule that always holds`]),
  ]
  return `<header>
<p class="eyebrow">Benchmark report · ${html(pack)}</p>
<h1>${html(title === '' ? pack : title)}</h1>
<section class="verdict card is-${standing}" aria-label="Result">
${MARKS[standing]}
<div><p class="words">${html(capital(headlineOf(view)))}</p><p>${html(sums.join(' · '))}</p></div>
<div class="score"><b>${scoreOf(amounts.score)}</b><small>score of 100</small></div>
</section>
${facts(view)}
</header>`
}

const facts = (view: View): string => {
  const { command, agents, seed, repeats, only, durationMs, startedAt, software, amounts, trials, digest } = view
  const rows: readonly (readonly [string, string, boolean?])[] = [
    ['Runtime', `<code>${html(command)}</code>`, true],
    ...(agents.length === 0 ? [] : [['Agent and model', html(agents.join(', ')), true] as const]),
    [
      'When',
      `<time datetime="${html(startedAt)}">${html(startedAt.slice(0, 16).replace('T', ' '))} UTC</time>, ${html(duration(durationMs))}`,
    ],
    ['Seed and repeats', `<code>${html(seed)}</code>, ${count(repeats, 'repeat')}`],
    ['Tool calls', html(callsOf(amounts, trials))],
    ['Judged by', html(software)],
    ...(only.length === 0 ? [] : [['Only', html(only.join(', ')), true] as const]),
    ['State of the pack', `<code>${html(digest)}</code>`, true],
  ]
  return `<dl class="facts">${rows.map(([name, value, wide]) => `<div${wide ? ' class="wide"' : ''}><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`
}

const scenarios = ({ rows }: View): string =>
  rows.length === 0
    ? ''
    : `<section aria-labelledby="scenarios"><h2 id="scenarios">Scenarios</h2>
<div class="card">${rows.map(scenario).join('\n')}</div></section>`

const scenario = (row: Row): string => {
  const { scenario: id, title, pass, passed, amounts, trials } = row
  const state = pass ? 'pass' : passed > 0 ? 'some' : 'fail'
  const sign = { pass: '✓', some: '~', fail: '✗' }[state]
  const sums = [costOf(amounts, trials), timeOf(amounts), callsOf(amounts, trials)].join(' · ')
  return `<details class="scenario ${state}"${pass ? '' : ' open'}><summary><span class="sign" aria-hidden="true">${sign}</span><span class="name">${html(id)}${title === '' ? '' : `<small>${html(title)}</small>`}</span>${bar(amounts.score ?? 0)}<span class="number">${scoreOf(amounts.score)}</span><span class="passes">${html(passesOf(row))}</span><span class="amounts">${html(sums)}</span></summary>
<div class="inside">${faults(row)}${row.attempts
    .slice(0, ATTEMPTS)
    .map((attempt) => trial(attempt, trials))
    .join(
      '',
    )}${trials > ATTEMPTS ? `<p class="soft">and ${trials - ATTEMPTS} more, which stand in report.json</p>` : ''}</div></details>`
}

/** Widths are attributes of SVG: the policy of the page allows no style attribute. */
const bar = (score: number): string =>
  `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(0, Math.min(100, score))}" height="1"/></svg>`

const faults = ({ faults: missed, violations, hints, regressionFrom, trials }: Row): string => {
  const item = (kind: string) => (fault: Row['faults'][number]) => {
    const { name, why } = faultWords(fault, trials)
    return `<li${kind}><b>${html(name)}</b>${why === '' ? '' : `: ${html(why)}`}</li>`
  }
  const items = [
    ...violations.map(item(' class="broken"')),
    ...missed.map(item('')),
    ...hints.map((hint) => `<li class="soft">${html(capital(hint))}</li>`),
    ...(regressionFrom === undefined ? [] : [`<li>Worse than in the baseline: ${html(regressionFrom)}</li>`]),
  ]
  return items.length === 0 ? '' : `<ul class="faults">${items.join('')}</ul>`
}

const trial = ({ repeat, seed, pass, score, ending, runId, wallMs, criteria }: Attempt, trials: number): string => {
  const about = [
    `score ${scoreOf(score)}`,
    ending,
    duration(wallMs),
    `seed ${seed}`,
    ...(runId === '' ? ['no record'] : [runId]),
  ]
  const rows = criteria.map(
    (each) =>
      `<tr><th scope="row">${html(each.name)}</th><td class="way ${each.pass ? 'met">met' : 'missed">not met'}</td><td>${html(each.why)}</td></tr>`,
  )
  const summary = `<summary>${trials === 1 ? 'The trial' : `Repeat ${repeat}`} ${pass ? 'passed' : 'failed'} <span>${html(about.join(' · '))}</span></summary>`
  return `<details class="trial">${summary}${rows.length === 0 ? '<p class="soft">Nothing was judged.</p>' : `<table>${rows.join('')}</table>`}</details>`
}

const footer = ({ software, startedAt, endedAt, id, signedBy }: View): string => `<footer>
<p>This page says what ${html(software)} found between <time>${html(startedAt)}</time> and <time>${html(endedAt)}</time>. Scores come from what happened: files, calls and commands that the bench saw itself. What a record says counts where a criterion asks about the record.</p>
<p>Bench run <code>${html(id)}</code>${signedBy === '' ? '' : `, signed by <code>${html(signedBy)}</code>`}. <code>agent-run verify</code> checks the records beside this page.</p>
</footer>`
