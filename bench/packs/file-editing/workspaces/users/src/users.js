const people = new Map([
  [1, { id: 1, name: 'Ada' }],
  [2, { id: 2, name: 'Grace' }],
])

/** One user, or undefined. */
export function getUser(id) {
  return people.get(id)
}

/** All users. */
export function getUsers() {
  return [...people.keys()].map((id) => getUser(id))
}
