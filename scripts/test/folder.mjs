// A folder that looks like the part of the repository that a check reads.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Calls `use` with a temporary folder that holds these files, then removes it. */
export const withFolder = (files, use) => {
  const root = mkdtempSync(join(tmpdir(), 'agent-run-check-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
    }
    return use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
