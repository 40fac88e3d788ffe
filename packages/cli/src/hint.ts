/** One word of a command that a person pastes into a shell. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/**
 * The option that a command printed for pasting needs to find this data folder, with a blank before it; nothing for the
 * default one.
 */
export function dataHint(data: string): string {
  return data === '.opensag' ? '' : ` --data ${shellWord(data)}`
}
