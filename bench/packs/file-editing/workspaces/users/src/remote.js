import { getUser, getUsers } from './users.js'

/** What clients may call, by the name they know it by. */
const methods = {
  getUser: ([id]) => getUser(id),
  getUsers: () => getUsers(),
}

/** Answers a call from outside. */
export function answer({ method, params = [] }) {
  if (!Object.hasOwn(methods, method)) return { error: `unknown method ${method}` }
  return { result: methods[method](params) }
}
