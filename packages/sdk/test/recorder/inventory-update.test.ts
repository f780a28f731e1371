import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldJournal, hash, readJournal, toolHash, validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { createRecorder } from '../../src/recorder/index.ts'

const entry = (name: string) => ({ name, mcp_server: 'files', schema_hash: toolHash({ name }) })

describe('an inventory that becomes known while the run goes on', () => {
  it('is hashed, stands in the journal, and steps may name its tools from then on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'agent-run-inventory-'))
    try {
      const run = createRecorder({ agent_id: 'a', inventory: { tools: [entry('one')] } }, { directory, server: false })
      const call = (tool_name: string) =>
        run.toolCall({ tool_name, mcp_server: 'files', tool_hash: toolHash({ name: tool_name }) }, () => undefined)
      await call('two')
      run.update({ inventory: { tools: [entry('one'), entry('two')] } })
      await call('two')
      const record = await run.end()
      expect(record.steps.map(({ tool_hash }) => tool_hash)).toEqual([undefined, toolHash({ name: 'two' })])
      expect(record.provenance.inventory_hash).toBe(hash('inventory', record.inventory))
      expect(validate(record).findings).toEqual([])
      const folded = foldJournal(readJournal(readFileSync(run.journalPath as string)))
      expect(JSON.stringify(folded)).toContain(record.provenance.inventory_hash as string)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
