import { describe, expect, it } from 'vitest'
import { compare, compareOrder, readErrors } from '../check/errors.mjs'

const row = (code, severity, sentence) => `| <a id="${code}"></a>\`${code}\` | ${severity} | ${sentence} | x | y |`
const page = (...rows) => readErrors(['| code | s | r | m | d |', '|---|---|---|---|---|', ...rows].join('\n'))

const there = {
  rules: [{ code: 'run.order', severity: 'error', requirement: 'AR-RUN-001' }],
  keywords: new Set(['minLength']),
  used: new Set(['json.bom']),
  sentences: new Set(['AR-RUN-001']),
}
const run = row('run.order', 'error', '[AR-RUN-001](run.md)')
const schema = row('schema.min_length', 'error', '–')
const json = row('json.bom', 'error', '–')

describe('the page of codes', () => {
  it('agrees with rules, schemas and sources', () => {
    expect(compare({ ...there, listed: page(run, schema, json) })).toEqual([])
  })

  const faults = {
    'a rule that is not listed': page(schema, json),
    'a keyword that is not listed': page(run, json),
    'a code in the sources that is not listed': page(run, schema),
    'a code that nothing reports': page(run, schema, json, row('json.gone', 'error', '–')),
    'a code listed twice': page(run, run, schema, json),
    'another severity': page(run.replace('error', 'warning'), schema, json),
    'no anchor': page(run.replace('<a id="run.order"></a>', ''), schema, json),
  }
  for (const [name, listed] of Object.entries(faults)) {
    it(`shows ${name}`, () => expect(compare({ ...there, listed })).toHaveLength(1))
  }

  it('lets a code be put together from its family and a value', () => {
    const used = new Set([...there.used, 'lineage.*'])
    const listed = page(run, schema, json, row('lineage.open', 'warning', '–'))
    expect(compare({ ...there, used, listed })).toEqual([])
    expect(compare({ ...there, listed })).toHaveLength(1)
  })

  it('shows a sentence that does not exist', () => {
    const listed = page(run, schema, json.replace('–', '[AR-RUN-009](run.md)'))
    expect(compare({ ...there, listed })).toEqual([expect.stringContaining('AR-RUN-009')])
  })
})

describe('the order of the rules on the page of verdicts', () => {
  const rule = (code, severity = 'error') => ({ code, severity })
  const rules = [rule('run.order'), rule('run.odd', 'warning'), rule('time.order')]
  const table = (...codes) =>
    ['### The first error', '', '| rule | order |', '|---|---|', ...codes.map((code) => `| \`${code}\` | x |`)].join(
      '\n',
    )

  it('is that in which they are applied, warnings aside', () => {
    expect(compareOrder(table('run.order', 'time.order'), rules)).toEqual([])
  })

  it.each([
    ['another order', ['time.order', 'run.order']],
    ['a rule that is not listed', ['run.order']],
    ['a rule that only warns', ['run.order', 'run.odd', 'time.order']],
    ['a rule too many', ['run.order', 'time.order', 'run.gone']],
  ])('shows %s', (_, codes) => expect(compareOrder(table(...codes), rules)).toHaveLength(1))
})
