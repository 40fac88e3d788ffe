import type { DpiReport } from '@opensag/protocol'
import { applications } from '@opensag/rules'
import type { System } from '../system.ts'

/** What recognises applications on this machine: ndpiReader of nDPI. */
export interface Engine extends DpiReport {
  /** Numbers of {@link applications} by its own. Versions of nDPI give a name another number now and then. */
  readonly numbers: ReadonlyMap<number, number>
}

/** Undefined: this machine has none, or one of another version, which tells of packets in another form. */
export async function engineOf(system: Pick<System, 'run'>): Promise<Engine | undefined> {
  let text: string
  try {
    text = await system.run(['ndpiReader', '-h'])
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  const engine = /nDPI (4\.2(?:\.\d+)*)\b/.exec(text)?.[1]
  return engine === undefined ? undefined : { engine, numbers: numbersIn(text) }
}

/** `ip netns exec` says it in its own words. */
function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' || /No such file or directory/.test(String(error))
}

function numbersIn(text: string): ReadonlyMap<number, number> {
  const declared = new Map(applications.map(({ id, name }) => [name, id]))
  const [, listed = ''] = text.split('supported protocols:')
  const [rows = ''] = listed.split('supported risks:')
  return new Map(
    [...rows.matchAll(/^ *(\d+) (\S+)/gm)].flatMap(([, own, name = '']) => {
      const id = declared.get(name)
      return id === undefined ? [] : [[Number(own), id] as const]
    }),
  )
}
