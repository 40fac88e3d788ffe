/** What is used of V8's `.cpuprofile`. Times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  readonly startTime: number
  /** The node that ran at each sample, and the time since the sample before. */
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** One function as it was called for one part of the work. */
export interface FunctionTime {
  readonly part: string
  readonly name: string
  readonly where: string
  readonly time: number
}

/** By where a function was written; what matches nothing belongs to the part of its caller. */
const parts: readonly (readonly [part: string, place: RegExp])[] = [
  ['sql', /\/(libsql|@libsql)\//],
  ['query objects', /\/kysely\/|\/store\/(hot|sqlite\/(dialect|driver|statement-cache))\.js/],
  ['units of work', /\/store\/sqlite\//],
  ['nonce', /\/store\/access\/nonces\.js/],
  ['operation', /\/(apis|model|store|declare\/(operation|params?|errors))(\/|\.js)|\/rpc\/(run|check)\.js/],
  ['encode', /\/rpc\/(encode|reply|request-id|called)\.js|\/declare\/results\.js|fast-xml-parser/],
  ['decode', /\/rpc\/(decode|body|json-body|wire-request)\.js/],
  ['signature', /\/rpc\/(canonical|signature|authenticate|read-v|scheme|time|security-token)|\/(access|sealing)\//],
  ['dispatch', /\/rpc\//],
  [
    'http',
    /\/(fastify|find-my-way|avvio|light-my-request)\/|^node:(_http|http|net|internal\/(http|streams?|stream_base))/,
  ],
]

const specials: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'outside JavaScript'],
  ['(root)', 'outside JavaScript'],
  ['(idle)', 'idle'],
])

/** Time that each function spent itself during the spans, most first. */
export function selfTimes(profile: CpuProfile, spans: readonly Span[]): readonly FunctionTime[] {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]))
  const partOf = partsOf(profile, byId)
  const times = new Map<string, FunctionTime>()
  let at = profile.startTime
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0
    at += delta
    const node = byId.get(id)
    if (node === undefined || !spans.some(({ from, to }) => at >= from && at <= to)) continue
    const { functionName, url, lineNumber } = node.callFrame
    const part = partOf.get(id) ?? 'other'
    const name = functionName || '(anonymous)'
    const where = url === '' ? 'native' : `${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
    const key = `${part}\0${name}\0${where}`
    times.set(key, { part, name, where, time: delta + (times.get(key)?.time ?? 0) })
  }
  return [...times.values()].sort((a, b) => b.time - a.time)
}

function partsOf({ nodes }: CpuProfile, byId: ReadonlyMap<number, ProfileNode>): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  function visit(node: ProfileNode, inherited: string): void {
    const { functionName, url } = node.callFrame
    const part = specials.get(functionName) ?? parts.find(([, place]) => place.test(url))?.[0] ?? inherited
    found.set(node.id, part)
    for (const id of node.children ?? []) {
      const child = byId.get(id)
      if (child !== undefined) visit(child, part)
    }
  }
  const [root] = nodes
  if (root !== undefined) visit(root, 'other')
  return found
}
