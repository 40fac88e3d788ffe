import { writeSync } from 'node:fs'
import { exitCodes } from '../exit.ts'
import { say } from '../say.ts'
import type { Stop } from './stop.ts'

/**
 * The first signal lets calls under way finish; the second ends at once, and what is on disk is enough to go on from.
 * Answers how to let go of the signals.
 */
export function stopOnSignals(stop: Stop, resume: string, note: (text: string) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const
  let told = false
  function heard(): void {
    if (told) {
      // Nothing after this would run.
      writeSync(2, say('\nEnded at once. To resume: {resume}\n', { resume }))
      process.exit(exitCodes.failed)
    }
    told = true
    note(say('Finishing the calls under way. Press Ctrl-C again to end at once. You can resume in either case.'))
    stop.now({ is: 'interrupted' })
  }
  for (const signal of signals) process.on(signal, heard)
  return () => {
    for (const signal of signals) process.off(signal, heard)
  }
}
