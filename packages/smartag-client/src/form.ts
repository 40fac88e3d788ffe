export type ParamValue =
  | string
  | number
  | boolean
  | undefined
  | readonly (string | number)[]
  | readonly Readonly<Record<string, string | number | boolean | undefined>>[]

export type Params = Readonly<Record<string, ParamValue>>

/** Parameters by their names on the wire: `Ids.1`, `Entries.1.CidrBlock`. What is undefined is not sent. */
export function flatten(params: Params): ReadonlyMap<string, string> {
  const flat = new Map<string, string>()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    if (typeof value !== 'object') flat.set(name, String(value))
    else for (const [index, item] of value.entries()) addItem(flat, `${name}.${index + 1}`, item)
  }
  return flat
}

function addItem(
  flat: Map<string, string>,
  name: string,
  item: string | number | Readonly<Record<string, unknown>>,
): void {
  if (typeof item !== 'object') {
    flat.set(name, String(item))
    return
  }
  for (const [member, value] of Object.entries(item)) {
    if (value !== undefined) flat.set(`${name}.${member}`, String(value))
  }
}

export function formBody(params: Params): string {
  return new URLSearchParams([...flatten(params)]).toString()
}
