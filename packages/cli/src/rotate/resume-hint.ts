import { dataHint, shellWord } from '../hint.ts'
import type { RotateFlags } from './options.ts'

/** The command that resumes a rotation from the same working directory, as it can be pasted. */
export function resumeHint(folder: string, flags: RotateFlags): string {
  const { data, endpoint, out, evidenceKey, toCommand, passwords } = flags
  // A rotation that began with one of the last two needs it again.
  const options = Object.entries({ endpoint, out, 'evidence-key': evidenceKey, 'to-command': toCommand, passwords })
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${shellWord(value)}`]))
  return `opensag rotate --resume ${shellWord(folder)}${dataHint(data)}${given.join('')}`
}
