// The packages of this repository as scripts see them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The workspaces below packages/, by name.
 * @returns {{name: string, folder: string, manifest: Record<string, any>}[]} `folder` is a path from the root
 */
export const packages = (root) =>
  readdirSync(join(root, 'packages'))
    .sort()
    .map((entry) => {
      const folder = `packages/${entry}`
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      return { name: manifest.name, folder, manifest }
    })

/** Those that are published. */
export const publicPackages = (root) => packages(root).filter(({ manifest }) => !manifest.private)
