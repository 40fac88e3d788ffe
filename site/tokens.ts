/**
 * Words of a text for the search: runs of Han characters become pairs of neighbours, since Chinese has no spaces between words.
 * VitePress takes its source to the browser, so it uses nothing outside of itself: one text gives the same words in both.
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = []
  for (const part of text.toLowerCase().split(/[^\p{L}\p{M}\p{N}_]+/u)) {
    for (const run of part.split(/(\p{Script=Han}+)/u)) {
      const characters = [...run]
      if (!/^\p{Script=Han}/u.test(run)) {
        if (run !== '') tokens.push(run)
      } else if (characters.length === 1) tokens.push(run)
      else for (let at = 1; at < characters.length; at++) tokens.push(`${characters[at - 1]}${characters[at]}`)
    }
  }
  return tokens
}
