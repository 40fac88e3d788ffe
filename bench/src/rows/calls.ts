import { type LaneName, laneNames } from '../lanes.ts'
import type { Shown } from '../rounds.ts'
import { figureOf, median, ratios } from '../statistics.ts'
import type { Measured, Row } from './row.ts'

/** A row that follows from lanes played in the same rounds. */
export interface CallRow extends Row {
  readonly lanes: readonly LaneName[]
  /** Round by round. */
  readonly values: (shown: (name: LaneName) => Shown) => readonly number[]
}

const isNew = Number(process.versions.node.split('.')[0]) >= 24

function quotient(id: string, about: Row['about'], goal: number, [one, other]: readonly [LaneName, LaneName]): CallRow {
  const values: CallRow['values'] = (shown) => ratios(shown(one).perSecond, shown(other).perSecond)
  return { id, about, better: 'more', goal, lanes: [one, other], values }
}

export const callRows: readonly CallRow[] = [
  quotient('write-hand-written', { en: 'durable write ÷ hand-written path', zh: '落盘的写 ÷ 手写实现' }, 0.85, [
    'write',
    'handWrite',
  ]),
  quotient(
    'read-hand-written',
    { en: 'signed read ÷ hand-written durable read', zh: '已签名的读 ÷ 手写的落盘读' },
    0.85,
    ['read', 'handRead'],
  ),
  quotient(
    'write-dynalite',
    { en: 'durable write ÷ dynalite on disk (no signature, no fsync)', zh: '落盘的写 ÷ dynalite（不验签、不 fsync）' },
    isNew ? 2 : 1.5,
    ['write', 'dynalite'],
  ),
  quotient(
    'write-azurite-64',
    { en: 'durable write ÷ Azurite table with 64 entities', zh: '落盘的写 ÷ 64 个实体的 Azurite 表' },
    1.5,
    ['write', 'azurite64'],
  ),
  quotient(
    'write-azurite-10k',
    { en: 'durable write ÷ Azurite table with 10,000 entities', zh: '落盘的写 ÷ 10,000 个实体的 Azurite 表' },
    15,
    ['write', 'azurite10k'],
  ),
  {
    id: 'write-cpu',
    about: { en: 'CPU of a write ÷ bare', zh: '一次写的 CPU ÷ 裸服务' },
    better: 'less',
    goal: 4.5,
    lanes: ['write', 'bare'],
    values: (shown) => ratios(shown('write').cpuMicros, shown('bare').cpuMicros),
  },
  quotient(
    'write-families',
    {
      en: 'durable write at instances with ACL, QoS, DNAT, flow log and health checks ÷ at bare ones',
      zh: '在带有 ACL、QoS、DNAT、流日志和健康检查的实例上落盘的写 ÷ 在空白实例上',
    },
    0.95,
    ['writeFull', 'write'],
  ),
  quotient(
    'read-families',
    { en: 'signed read at the same instances ÷ at bare ones', zh: '在同样实例上已签名的读 ÷ 在空白实例上' },
    0.95,
    ['readFull', 'read'],
  ),
  quotient('v3-v1', { en: 'signature V3 ÷ V1', zh: '签名 V3 ÷ V1' }, 0.9, ['writeV3', 'write']),
  {
    id: 'tls',
    about: { en: '(TLS ÷ bare TLS) ÷ (plain ÷ bare)', zh: '（TLS ÷ 裸 TLS）÷（明文 ÷ 裸服务）' },
    better: 'more',
    goal: 1,
    lanes: ['writeTls', 'bareTls', 'writeOwn', 'bareOwn'],
    values: (shown) =>
      ratios(
        ratios(shown('writeTls').perSecond, shown('bareTls').perSecond),
        ratios(shown('writeOwn').perSecond, shown('bareOwn').perSecond),
      ),
  },
]

export function measuredCalls(rows: readonly CallRow[], shown: ReadonlyMap<LaneName, Shown>): readonly Measured[] {
  const of = (name: LaneName): Shown => {
    const one = shown.get(name)
    if (one === undefined) throw new Error(`${name} was not played.`)
    return one
  }
  return rows.map((row) => {
    const parts = row.lanes.map((name) => {
      const { perSecond, cpuMicros } = of(name)
      return `${laneNames[name]} ${median(perSecond).toFixed(0)}/s, ${median(cpuMicros).toFixed(0)} µs`
    })
    return { row, ...figureOf(row.values(of)), from: parts.join('; ') }
  })
}
