export const label = (sku) => `SKU ${sku}` // todo: translate (not one of ours: lower case)
