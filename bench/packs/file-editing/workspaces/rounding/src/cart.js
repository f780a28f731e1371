const toCents = (amount) => Math.round((amount + Number.EPSILON) * 100) / 100

/** What a cart costs. */
export const cartTotal = (items) => toCents(items.reduce((sum, { price, count }) => sum + price * count, 0))
