import { Failure } from '../config/failure.ts'
import { IN_MEMORY, isThere, noStore } from '../store/open-store.ts'
import type { Side } from './side.ts'

const SQLITE = /^sqlite:(?:\/\/)?(.+)$/
const POSTGRES = /^postgres(ql)?:\/\//

/**
 * Whether a URL names a store that more than one program can open.
 * @throws Failure if not, or if it names a file that `mustExist` and does not
 */
export const checkPlace = (url: string, mustExist: boolean): void => {
  if (POSTGRES.test(url)) return
  const path = SQLITE.exec(url)?.[1]
  if (path === undefined || path === IN_MEMORY) {
    throw new Failure('a store is sqlite:PATH or postgres://USER@HOST/DATABASE')
  }
  if (mustExist && !isThere(path)) throw noStore(`at sqlite:${path}`)
}

/** Opens one side of a move. Its tables are there already. */
export const openSide = async (url: string): Promise<Side> => {
  if (POSTGRES.test(url)) {
    const { openPostgresSide } = await import('./postgres-side.ts')
    return openPostgresSide(url)
  }
  const { openSqliteSide } = await import('./sqlite-side.ts')
  return openSqliteSide(SQLITE.exec(url)![1]!)
}
