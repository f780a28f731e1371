import type { FastifyInstance } from 'fastify'
import type { Scope } from '../store/store.ts'

/** An operation of the server, as `schemas/openapi.yaml` names it. */
export interface RouteEntry {
  /** Upper case. HEAD, which every GET brings along, is not listed. */
  readonly method: string
  /** Template: `/api/v1/runs/{id}`. */
  readonly path: string
  readonly scope: Scope | readonly Scope[] | 'none' | 'any'
}

/** Every operation that is registered from now on, and who answers a path. */
export interface RouteList {
  readonly entries: readonly RouteEntry[]
  /** Methods that some operation has at the path of a URL; empty for an unknown path. HEAD stands beside GET. */
  methodsAt(url: string): readonly string[]
}

/**
 * Watches what is registered. A route that does not say which scope it needs is refused: nothing is open by accident.
 */
export const listRoutes = (app: FastifyInstance): RouteList => {
  const entries: RouteEntry[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    const scope = config?.scope
    if (scope === undefined) throw new TypeError(`the route ${String(method)} ${url} names no scope`)
    const path = url.replace(/(?<!:):([a-z_]+)/g, '{$1}').replaceAll('::', ':')
    for (const name of [method].flat()) if (name !== 'HEAD') entries.push({ method: name, path, scope })
  })
  return {
    entries,
    methodsAt(url) {
      const segments = (url.split('?', 1)[0] as string).split('/')
      const methods = entries.filter(({ path }) => fits(path.split('/'), segments)).map(({ method }) => method)
      return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)].sort()
    },
  }
}

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length && pattern.every((part, index) => part.startsWith('{') || part === segments[index])
