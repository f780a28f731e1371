import type { RequirementVerdict, Role, Status } from '../suite/index.ts'
import { anchor, html, sentenceHtml } from './html-text.ts'
import { type View, wordsOf } from './view.ts'

const WORDS: Readonly<Record<Exclude<Status, 'not_applicable'>, string>> = {
  fail: 'not kept',
  warn: 'warning',
  untestable: 'not tested',
  pass: 'kept',
}

const ORDER: readonly Status[] = ['fail', 'warn', 'untestable', 'pass', 'not_applicable']

const wordOf = (status: Status, role: Role): string =>
  status === 'not_applicable' ? wordsOf(role).lacks : WORDS[status]

/** Rows of the table. */
const ROWS = 2000

/** All sentences in one table, which can be reduced to those of one status without a script. */
export const requirementSection = ({ report, failures, warnings, known }: View): string => {
  const { requirements, counts, role } = report
  if (requirements.length === 0) return ''
  const unfolded = new Set([...failures, ...warnings, ...known].map(({ requirement }) => requirement.requirement))
  const statuses = ORDER.filter((status) => counts[status] > 0)
  const choices = [
    choice('all', 'all', requirements.length, true),
    ...statuses.map((status) => choice(`all-${status}`, wordOf(status, role), counts[status], false)),
  ]
  const rows = requirements
    .slice(0, ROWS)
    .map((each) => row(each, wordOf(each.status, role), unfolded.has(each.requirement)))
  return `<section class="requirements" aria-labelledby="requirements"><h2 id="requirements">All requirements<span class="number">${requirements.length}</span></h2>
<fieldset class="filter"><legend>Show</legend>${choices.join('')}</fieldset>
<div class="table card"><table role="table"><thead role="rowgroup"><tr role="row">${['Id', 'Verdict', 'Requirement', 'Cases'].map((name) => `<th role="columnheader" scope="col">${name}</th>`).join('')}</tr></thead>
<tbody role="rowgroup">${rows.join('\n')}</tbody></table></div></section>`
}

const choice = (id: string, word: string, number: number, checked: boolean): string =>
  `<input type="radio" name="status" id="${id}"${checked ? ' checked' : ''}><label for="${id}">${word} <span>${number}</span></label>`

/** The roles are said: where the table is shown as blocks, on a narrow screen, browsers forget them. */
const row = (verdict: RequirementVerdict, word: string, isUnfolded: boolean): string => {
  const { requirement, status, text, strength, capability, spec, cases } = verdict
  const id = isUnfolded ? `<a href="#${anchor(requirement)}">${html(requirement)}</a>` : html(requirement)
  const played = cases.pass + cases.fail + cases.untestable
  return `<tr role="row" class="row ${status}"><td role="cell">${id}</td><td role="cell" class="status"><span class="chip ${status}">${word}</span></td><td role="cell">${sentenceHtml(text)}<small>${strength} · ${html(capability)} · ${html(spec)}</small></td><td role="cell">${played === 0 ? '–' : `${cases.pass} of ${played}`}</td></tr>`
}
