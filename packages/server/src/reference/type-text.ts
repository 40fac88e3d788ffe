// TypeScript as text, for what is generated.

/** A doc comment of one line. */
export function comment(words: string, indent: string): string {
  return `${indent}/** ${words.replaceAll('*/', '*\\/')} */\n`
}

/** The name of a member, in quotes where it is no identifier. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name)
}

/** A literal. */
export function text(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The type of a parameter that is one value; undefined: it is several. A long may be sent as a text: not every number is exact. */
export function valueParam(type: string, values: readonly string[] | undefined): string | undefined {
  switch (type) {
    case 'integer':
      return 'number'
    case 'long':
      return 'string | number'
    case 'boolean':
      return 'boolean'
    case 'string':
      return values === undefined ? 'string' : values.map(text).join(' | ')
    default:
      return undefined
  }
}

/** The type of a list whose items are of this one. */
export function listOf(type: string): string {
  return `readonly ${/^(string|number|boolean|\{.*\})$/s.test(type) ? type : `(${type})`}[]`
}
