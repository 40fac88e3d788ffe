import jmespath from 'jmespath'

/** The published types leave it out. */
interface Compiler {
  compile(expression: string): unknown
}

export function isExpression(text: string): boolean {
  try {
    ;(jmespath as unknown as Compiler).compile(text)
    return true
  } catch {
    // Its own words name tokens of its parser.
    return false
  }
}

/** What the expression selects; undefined when a function in it gets a value of another type than it takes. */
export function selected(answer: unknown, expression: string): { readonly value: unknown } | undefined {
  try {
    return { value: jmespath.search(answer, expression) }
  } catch {
    return undefined
  }
}
