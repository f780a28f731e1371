export { greeting } from './greeting.js'
export { answer } from './remote.js'
export { getUser, getUsers } from './users.js'
