import { setTimeout as pause } from 'node:timers/promises'

/** What `look` finds once it finds something. */
export async function until(what, look) {
  const end = Date.now() + 120_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`Waited two minutes until ${what}.`)
    await pause(200)
  }
}
