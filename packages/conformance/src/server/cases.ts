import { join } from 'node:path'
import { codeCases } from '../code/index.ts'
import { dataFolder } from '../data/index.ts'
import { loadHttpCases } from '../http/load.ts'
import type { ServerCase } from '../http/player.ts'

/** All cases for servers: those that are data, in the order of their files, and then the programs. */
export const serverCases = (): readonly ServerCase[] => [
  ...loadHttpCases(join(dataFolder(), 'cases/http')),
  ...codeCases,
]
