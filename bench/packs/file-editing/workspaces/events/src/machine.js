import * as handlers from './handlers.js'

const nameOf = (event) => `on${event[0].toUpperCase()}${event.slice(1)}`

/** The state after an event. Events nobody knows change nothing. */
export function after(state, event) {
  const handler = handlers[nameOf(event)]
  return handler === undefined ? state : handler(state)
}

/** The state in words. */
export const words = (state) => handlers.describe(state)
