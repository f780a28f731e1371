/** Version of the adapters, as records write it: the version of the package, which a test compares. */
export const adapterVersion = '0.9.0'
