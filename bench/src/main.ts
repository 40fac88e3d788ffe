import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCalls } from './calls.ts'
import { contendersOf } from './contenders.ts'
import { within } from './limit.ts'
import { readOptions, usage } from './options.ts'
import { profileCalls } from './profile.ts'
import { measureRotation } from './rotation.ts'
import { measureStarts } from './starts.ts'
import { callers } from './workload.ts'

const phaseMs = 5 * 60_000

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const folder = mkdtempSync(join(tmpdir(), 'opensag-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (options.profile) return within(phaseMs, 'Profiling', profileCalls(folder, options))

  console.log(`Node ${process.versions.node}, ${callers} callers, medians of ${options.rounds} interleaved rounds.`)
  console.log('Load generator and servers share the machine: read ratios, not absolute numbers.\n')
  const contenders = contendersOf(options, folder)
  if (options.parts.has('starts')) await within(phaseMs, 'Measuring starts', measureStarts(contenders, options))
  if (options.parts.has('calls')) await within(phaseMs, 'Measuring calls', measureCalls(contenders, folder, options))
  if (options.parts.has('rotation')) await within(phaseMs, 'Measuring a rotation', measureRotation(folder, options))
}

// Each way out goes through `exit`, and the measured processes end with this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
try {
  await main()
  process.exit()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof TypeError) console.error(usage)
  process.exit(1)
}
