import { slug } from './slug.js'

/** The address of an article. */
export const address = ({ year, title }) => `/${year}/${slug(title)}`
