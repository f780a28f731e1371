const toCents = (amount) => Math.round((amount + Number.EPSILON) * 100) / 100

/** Net, tax and gross of an invoice. */
export function invoice(net, rate) {
  const tax = toCents(net * rate)
  return { net: toCents(net), tax, gross: toCents(net + tax) }
}
