import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until it is so. @throws when it is not so in time. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, patience = 30_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not in ${patience} ms: ${what}`)
    await pause(20)
  }
}
