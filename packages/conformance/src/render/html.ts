import { createHash } from 'node:crypto'
import type { Report } from '../suite/index.ts'
import { findingSection, obstacleSection, problemSection } from './html-findings.ts'
import { requirementSection } from './html-requirements.ts'
import { style } from './html-style.ts'
import { html } from './html-text.ts'
import { capital, count, duration } from './text.ts'
import { type CapabilitySum, headlineOf, seenOf, standingOf, type View, viewOf, wordsOf } from './view.ts'

/**
 * The report as one page that needs nothing else: no script, no font, no picture, no network. What a subject says is text in
 * it, and a content security policy allows the page its own style sheet only.
 */
export const renderHtml = (report: Report): string => {
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
<title>${html(`${subjectName(view)}: ${headlineOf(view)}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${[
  heading(view),
  capabilitySection(view),
  findingSection('Not kept', 'fail', view.failures),
  problemSection(view.problems),
  findingSection('Warnings', 'warn', view.warnings),
  obstacleSection(view.obstacles),
  findingSection('Known, in the baseline', 'known', view.known),
  requirementSection(view),
  footer(view),
]
  .filter(Boolean)
  .join('\n')}
</main>
</body>
</html>
`
}

const subjectName = ({ report: { subject } }: View): string =>
  [subject.name ?? subject.address, subject.version].filter((part) => part !== null).join(' ')

const heading = (view: View): string => {
  const { report, kept, scored, casesPassed, casesPlayed } = view
  const { subject, role } = report
  const standing = standingOf(view)
  return `<header>
<p class="eyebrow">Conformance report · agent-run ${html(report.profile)} · ${html(role)}</p>
<h1>${html(subjectName(view))}</h1>
${subject.name === null ? '' : `<p class="address">${html(subject.address)}</p>`}
<section class="verdict card is-${standing}" aria-label="Verdict">
${MARKS[standing]}
<div><p class="words">${html(capital(headlineOf(view)))}</p><p>${html(inWords(view))}</p></div>
<div class="ratios">${ratio(kept, scored, 'requirements kept')}${ratio(casesPassed, casesPlayed, 'cases passed')}</div>
</section>
${facts(view)}
</header>`
}

const svg = (path: string): string =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${path}</svg>`

const MARKS: Readonly<Record<ReturnType<typeof standingOf>, string>> = {
  pass: svg('<path d="M7.5 12.5l3 3 6-6.5"/>'),
  held: svg('<path d="M7.5 12h9"/>'),
  fail: svg('<path d="M8.5 8.5l7 7m0-7l-7 7"/>'),
  untested: svg('<path d="M9 9.3a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2"/><path d="M12 17.2v.01"/>'),
}

const ratio = (part: number, whole: number, what: string): string =>
  `<div class="ratio"><b>${part}</b> <span>of ${whole}</span><small>${what}</small></div>`

const inWords = ({ failures, warnings, obstacles, known, problems, report, casesPlayed }: View): string => {
  const untested = new Set(obstacles.flatMap(({ requirements }) => requirements)).size
  const parts = [
    casesPlayed === 0 ? 'no case that was selected applies' : '',
    failures.length > 0 ? `${count(failures.length, 'requirement')} not kept` : '',
    problems.length > 0 ? 'the baseline is out of date' : '',
    warnings.length > 0 ? count(warnings.length, 'warning') : '',
    untested > 0 ? `${count(untested, 'requirement')} not tested` : '',
    known.length > 0 ? `${known.length} known from the baseline` : '',
    report.only.length > 0 ? 'a part of the cases was selected; this says nothing about the rest' : '',
  ].filter(Boolean)
  return parts.length === 0
    ? 'Every requirement of the profile that applies was tested and is kept.'
    : capital(`${parts.join(' · ')}.`)
}

const facts = ({ report, milliseconds }: View): string => {
  const { suite, profile, role, level, subject, seed, only, ended_at } = report
  const date = `<time datetime="${html(ended_at)}">${html(ended_at.slice(0, 16).replace('T', ' '))} UTC</time>`
  const rows: readonly (readonly [string, string, boolean?])[] = [
    ['Tested', `${date}, ${html(duration(milliseconds))}`],
    [
      'Profile',
      `${html(profile)}, level ${level === null ? (role === 'emitter' ? 'none asked for' : 'as declared') : html(level)}`,
    ],
    ['Suite', html(`${suite.name} ${suite.version}`)],
    ['Seed', `<code>${html(seed)}</code>`],
    ...(subject.seen === undefined ? [] : [['Saw', html(seenOf(report).replace(/^saw /, '')), true] as const]),
    [
      capital(wordsOf(role).has),
      subject.capabilities.length === 0 ? 'nothing' : html(subject.capabilities.join(', ')),
      true,
    ],
    ...(only.length === 0 ? [] : [['Only', html(only.join(', ')), true] as const]),
    ['Test data', `<code>${html(suite.data)}</code>`, true],
  ]
  return `<dl class="facts">${rows.map(([name, value, wide]) => `<div${wide ? ' class="wide"' : ''}><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`
}

const capabilitySection = ({ capabilities, undeclared, report }: View): string => {
  if (capabilities.length === 0) return ''
  const rest =
    undeclared.length === 0
      ? ''
      : `<p class="remark-below">${capital(wordsOf(report.role).lacks)}, and not held against: ${undeclared
          .map(({ name, requirements }) => `${html(name)} (${count(requirements, 'requirement')})`)
          .join(', ')}.</p>`
  return `<section aria-labelledby="capabilities"><h2 id="capabilities">Capabilities</h2>
<ul class="capabilities card${capabilities.every(({ kept, scored }) => kept === scored) ? ' is-whole' : ''}">${capabilities.map(capabilityRow).join('\n')}</ul>${rest}</section>`
}

const capabilityRow = (sum: CapabilitySum): string => {
  const { name, kept, scored, failed, warned, untestable } = sum
  const remark = [
    failed > 0 ? `${failed} not kept` : '',
    warned > 0 ? count(warned, 'warning') : '',
    untestable > 0 ? `${untestable} not tested` : '',
  ].filter(Boolean)
  return `<li><span class="name">${html(name)}</span>${bar(sum)}<span class="kept">${kept} of ${scored}</span><span class="remark">${remark.join(' · ')}</span></li>`
}

/** Widths are attributes of SVG: the policy of the page allows no style attribute. */
const bar = ({ kept, scored, failed, warned, untestable }: CapabilitySum): string => {
  const parts = [
    ['pass', kept],
    ['warn', warned],
    ['fail', failed],
    ['untestable', untestable],
  ] as const
  let x = 0
  const rects = parts.map(([status, number]) => {
    const rect = number === 0 ? '' : `<rect class="${status}" x="${x}" width="${number}" height="1"/>`
    x += number
    return rect
  })
  return `<svg class="bar" viewBox="0 0 ${scored} 1" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`
}

const footer = ({ report }: View): string => `<footer>
<p>This page says what ${html(report.suite.name)} ${html(report.suite.version)} found between <time>${html(report.started_at)}</time> and <time>${html(report.ended_at)}</time>. It is the word of whoever ran it; who that was shows the sealed record of the same run, which <code>agent-run verify</code> checks.</p>
<p>The chapters that are named, such as <code>spec/http.md</code>, are those of the agent-run standard. A command line needs the keys in the variables that it names.</p>
</footer>`
