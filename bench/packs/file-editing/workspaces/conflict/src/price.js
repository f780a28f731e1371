/** Price of an order in cents. */
export function total(lines, { discount = 0 } = {}) {
<<<<<<< HEAD
  const sum = lines.reduce((cents, { price, count = 1 }) => cents + price * count, 0)
  return Math.round(sum * (1 - discount))
=======
  const sum = lines.reduce((cents, { price }) => cents + price, 0)
  return sum - sum * discount + shipping(sum)
>>>>>>> shipping
}
<<<<<<< HEAD
=======

/** Shipping in cents: free from 50.00 before the discount. */
export const shipping = (cents) => (cents >= 5000 ? 0 : 490)
>>>>>>> shipping
