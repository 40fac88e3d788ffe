import { Param, type RawParams } from './param.ts'

/**
 * The same declaration for clients that send a list as one JSON text (`Tag=[{"Key":"env"}]`), as those of RAM do. A Repeat
 * list (`Tag.1.Key=env`) is accepted as before.
 */
export function orJson<T, C extends string>(param: Param<T, C>): Param<T, C> {
  const { read } = param.state
  return new Param<T, C>({
    ...param.state,
    isJsonToo: true,
    read: (raw, name) => {
      const spread = spreadJson(raw, name)
      return spread === undefined ? { violation: { kind: 'invalid', param: name } } : read(spread, name)
    },
  })
}

/** The members of a list as a Repeat list has them, however it was sent; undefined when its text is no such list. */
export function spreadJson(raw: RawParams, name: string): RawParams | undefined {
  const text = raw.get(name)
  if (text === undefined || text.trim() === '') return raw
  const items = listIn(text)
  if (items === undefined) return undefined
  const spread = new Map<string, string>()
  for (const [index, item] of items.entries()) {
    const at = `${name}.${index + 1}`
    if (typeof item === 'string') spread.set(at, item)
    else if (!setMembers(spread, at, item)) return undefined
  }
  return spread
}

function listIn(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function setMembers(into: Map<string, string>, at: string, item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const before = into.size
  for (const [member, value] of Object.entries(item)) {
    // Clients that have no value for a member send null.
    if (value === null) continue
    if (typeof value !== 'string') return false
    into.set(`${at}.${member}`, value)
  }
  // Of an object without members a Repeat list has no trace: it would count as not sent.
  return into.size > before
}
