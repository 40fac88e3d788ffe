import type { Vici } from './vici.ts'
import { textIn } from './vici-codec.ts'

/** Longer than charon itself tries (strongswan-conf.ts). */
const patience = '20000'
/** Lines of charon that tell why: the last ones do. */
const mostLines = 3

/**
 * Begins a tunnel, over a connection of its own: charon answers when the tunnel is up, or is not.
 * @throws with what charon says of it when it is not
 */
export async function initiate(connect: () => Promise<Vici>, name: string, child: string): Promise<void> {
  const vici = await connect()
  const lines: string[] = []
  try {
    await vici.subscribe('control-log', (message) => {
      lines.push(textIn(message, 'msg') ?? '')
      if (lines.length > mostLines) lines.shift()
    })
    await vici.request('initiate', { ike: name, child, timeout: patience, loglevel: '1' })
  } catch (error) {
    throw new Error([...lines, (error as Error).message].join('; '), { cause: error })
  } finally {
    vici.close()
  }
}
