/** Letters of other scripts that look like Latin ones, after lower-casing; what Unicode's own foldings leave apart. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', н: 'h', і: 'i', ј: 'j', к: 'k', м: 'm', о: 'o', р: 'p' },
  ...{ ԛ: 'q', ѕ: 's', т: 't', у: 'y', х: 'x', ԝ: 'w', ӏ: 'l', ɡ: 'g', ɑ: 'a', ı: 'i', ȷ: 'j' },
  ...{ α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ϲ: 'c', ϳ: 'j' },
}

const plain = /^[\x21-\x40\x5b-\x7e]*$/

/**
 * What is left of a name when everything is taken away that a careless reader overlooks: case, white space, invisible
 * characters, accents, full-width and other compatibility forms, letters that look like Latin ones. Two names that fold
 * to the same may be taken for each other; whoever refuses a name refuses those too.
 */
export function foldName(name: string): string {
  if (plain.test(name)) return name
  const folded = name
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{C}\p{Z}\p{M}\s]/gu, '')
  return folded.replace(/[^\x21-\x7e]/gu, (letter) => lookalikes[letter] ?? letter)
}
