/** In this order: each of them names those behind it as well, to be served what they are. */
const families = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\b(OPR|Opera)\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const

export type BrowserFamily = (typeof families)[number][0] | 'Other'

/** Characters that are looked at: a header may be long. */
const longest = 512

/** The family of the browser that says this of itself. Whatever it says, the answer is one of a few words. */
export function browserFamily(userAgent: string | undefined): BrowserFamily {
  const text = userAgent?.slice(0, longest) ?? ''
  return families.find(([, pattern]) => pattern.test(text))?.[0] ?? 'Other'
}
