/** The name of a case, which is the last part of its id. */
export const nameOf = ({ id }: { readonly id: string }): string => id.slice(id.lastIndexOf('/') + 1)
