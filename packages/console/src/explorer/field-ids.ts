/** The id of a field by its name on the wire, for labels, hints and the way to a mistake. */
export function fieldId(path: string): string {
  return `param-${path}`
}
