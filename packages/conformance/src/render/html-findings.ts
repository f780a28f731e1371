import type { CaseOutcome } from '../suite/index.ts'
import { anchor, html, sentenceHtml } from './html-text.ts'
import { count } from './text.ts'
import type { Finding, Obstacle } from './view.ts'

/** Cases of a finding that are shown with their command line, and those that are folded away behind them. */
const CASES = 3
const FOLDED = 40

/** Ids that are named in a row, and findings that are unfolded. */
const NAMED = 30
const UNFOLDED = 50

/** A longer command line stands in the JSON report only, in characters. */
const LONGEST_COMMAND = 6000

/** Entries of a list. */
const LISTED = 300

/** Sentences that came out in one way, with the cases that show it. Empty without any. */
export const findingSection = (
  title: string,
  status: 'fail' | 'warn' | 'known',
  findings: readonly Finding[],
): string =>
  findings.length === 0
    ? ''
    : `<section aria-labelledby="${status}"><h2 id="${status}">${title}<span class="number">${findings.length}</span></h2>
${findings
  .slice(0, LISTED)
  .map((finding, index) => findingDetails(finding, status, status !== 'known' && index < UNFOLDED))
  .join('\n')}${rest(findings.length)}</section>`

const findingDetails = ({ requirement, cases }: Finding, status: 'fail' | 'warn' | 'known', open: boolean): string => {
  const { requirement: id, strength, capability, spec, text } = requirement
  const others = cases.slice(CASES)
  return `<details class="finding card" id="${anchor(id)}"${open ? ' open' : ''}>
<summary><div><h3 class="label"><b>${html(id)}</b><span class="chip ${status}">${strength}</span><span>${html(capability)}</span><span>${html(spec)}</span></h3><p class="sentence">${sentenceHtml(text)}</p></div></summary>
<div class="cases">${cases.slice(0, CASES).map(caseBlock).join('\n')}${othersBlock(others)}</div>
</details>`
}

const caseBlock = ({ id, messages, reproduce, replay }: CaseOutcome): string =>
  `<div class="case"><h4>${html(id)}</h4><ul>${messages.map((message) => `<li>${html(message)}</li>`).join('')}</ul>${command(reproduce)}${command(replay)}</div>`

const command = (reproduce: string | undefined): string => {
  if (reproduce === undefined) return ''
  if (reproduce.length > LONGEST_COMMAND)
    return `<p class="more">A command line of ${reproduce.length} characters shows it again; it stands in the JSON report.</p>`
  return `<pre><code>${html(reproduce)}</code></pre>`
}

const othersBlock = (cases: readonly CaseOutcome[]): string => {
  if (cases.length === 0) return ''
  const items = cases
    .slice(0, FOLDED)
    .map(({ id, messages }) => `<li><b>${html(id)}</b> ${html(messages[0] ?? '')}</li>`)
  const more = cases.length > FOLDED ? `<li>and ${cases.length - FOLDED} more, which stand in the JSON report</li>` : ''
  return `<details class="others"><summary>${count(cases.length, 'more case')}</summary><ul>${items.join('')}${more}</ul></details>`
}

/** What could not be tested, by reason, and what would change that. */
export const obstacleSection = (obstacles: readonly Obstacle[]): string => {
  if (obstacles.length === 0) return ''
  const number = new Set(obstacles.flatMap(({ requirements }) => requirements)).size
  const items = obstacles.slice(0, LISTED).map(({ reason, advice, requirements, cases, details }) => {
    const ids = requirements.slice(0, NAMED).join(', ')
    return `<li><p>${html(reason)}</p>${advice === undefined ? '' : `<p class="advice">${html(`→ ${advice}`)}</p>`}<small>${count(requirements.length, 'requirement')}, ${count(cases, 'case')}: ${html(ids)}${requirements.length > NAMED ? ' …' : ''}</small>${detailList(details)}</li>`
  })
  return `<section aria-labelledby="untested"><h2 id="untested">Not tested<span class="number">${number}</span></h2><ul class="list card">${items.join('\n')}</ul>${rest(obstacles.length)}</section>`
}

const detailList = (details: readonly string[]): string =>
  details.length === 0
    ? ''
    : `<details class="others"><summary>What was to be looked at</summary><ul>${details
        .slice(0, LISTED)
        .map((detail) => `<li>${html(detail)}</li>`)
        .join('')}</ul></details>`

/** What is wrong with the baseline itself. */
export const problemSection = (problems: readonly string[]): string =>
  problems.length === 0
    ? ''
    : `<section aria-labelledby="baseline"><h2 id="baseline">The baseline is out of date<span class="number">${problems.length}</span></h2><ul class="list card">${problems
        .slice(0, LISTED)
        .map((problem) => `<li>${html(problem)}</li>`)
        .join('\n')}</ul>${rest(problems.length)}</section>`

const rest = (length: number): string =>
  length > LISTED ? `<p class="more">and ${length - LISTED} more, which stand in the JSON report</p>` : ''
