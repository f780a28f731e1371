import { getUser as find } from './users.js'

/** Greets a user. Strangers are greeted, too. */
export const greeting = (id) => `Hello, ${find(id)?.name ?? 'stranger'}!`
