import type { Operation } from '../declare/operation.ts'
import type { Params, RawParams } from '../declare/params.ts'

type Declared = Pick<Operation, 'params'>

/** Parameters that may be shown, by operation: looked at once, since every call that writes asks. */
const shownBy = new WeakMap<Params, ReadonlySet<string>>()

/** What was sent of the declared parameters, by their whole names, without those that are secret or not looked at. */
export function parametersSent({ params }: Declared, raw: RawParams): Readonly<Record<string, string>> {
  const shown = shownOf(params)
  const parameters: Record<string, string> = {}
  for (const [name, value] of raw) {
    if (shown.has(name) || (name.includes('.') && isShownPart(params, name))) parameters[name] = value
  }
  return parameters
}

function shownOf(params: Params): ReadonlySet<string> {
  const known = shownBy.get(params)
  if (known !== undefined) return known
  const names = Object.keys(params).filter((name) => isShown(params, name))
  const shown = new Set(names)
  shownBy.set(params, shown)
  return shown
}

function isShown(params: Params, name: string): boolean {
  if (!Object.hasOwn(params, name)) return false
  const state = params[name]?.state
  return state !== undefined && !state.isSecret && state.isIgnored !== true
}

/** Of a list: `SmartAGIds.1`, `SnatEntries.1.SnatIp`. */
function isShownPart(params: Params, name: string): boolean {
  const [head = '', index = '', member = 'item', ...rest] = name.split('.')
  if (!isShown(params, head) || !/^\d{1,6}$/.test(index) || rest.length > 0) return false
  return isShown(params[head]?.state.members ?? {}, member)
}
