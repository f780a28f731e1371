const toCents = (amount) => Math.floor((amount + Number.EPSILON) * 100) / 100

/** What a customer gets back after a fee. */
export const refund = (paid, fee) => toCents(paid - paid * fee)
