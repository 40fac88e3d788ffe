import type { ParityCall } from '@opensag/smartag-client'
import { findCredentials } from '../credentials.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { endpointsOf } from '../rotate/endpoint.ts'
import { say } from '../say.ts'
import { type ConsentOptions, consentTo } from './consent.ts'
import { type Difference, differencesOf } from './difference.ts'
import { variablesOf } from './play.ts'
import { recordingIn } from './recording.ts'
import { type Report, textOf } from './report.ts'
import { createRun, type RunOptions } from './run.ts'

export interface CompareOptions extends RunOptions, ConsentOptions {
  readonly data: string
  readonly endpoint?: string
  readonly json?: boolean
}

/** Makes the calls of a recording at an OpenSAG and prints every way in which its answers differ. */
export async function compare(path: string, options: CompareOptions): Promise<void> {
  const { header, calls, isWhole } = recordingIn(await namedFile(path), path)
  const missing = variablesOf(calls).filter((name) => process.env[name] === undefined)
  if (missing.length > 0)
    throw new UsageError(
      say('{path} needs these variables of the environment: {names}.', { path, names: missing.join(', ') }),
    )
  const found = await findCredentials(options.data)
  const key =
    options.endpoint === undefined ? found : { ...found, endpoint: endpointsOf(options.endpoint)(found.regionId) }
  await consentTo(calls, say('the OpenSAG at {endpoint}', { endpoint: key.endpoint }), options)
  const run = createRun(calls, { key, regionId: found.regionId, endpointOf: () => key.endpoint }, options)
  const different: { readonly call: number; readonly action: string; readonly differences: readonly Difference[] }[] =
    []
  const notCompared: { readonly call: number; readonly action: string; readonly why: string }[] = []
  let same = 0
  try {
    for (const recorded of calls) {
      const { call, action } = recorded
      const result = run.isStopped ? { why: 'the run was stopped, or its time was up' } : await answered(recorded, run)
      if ('why' in result) {
        notCompared.push({ call, action, why: result.why })
        continue
      }
      for (const list of result.empty) notCompared.push({ call, action, why: `${list} has elements on one side only` })
      if (result.differences.length === 0) same += 1
      else different.push({ call, action, differences: result.differences })
    }
  } finally {
    run.end()
  }
  const report: Report = { recorded: header.recorded, isWhole, calls: calls.length, same, different, notCompared }
  console.log(options.json === true ? JSON.stringify(report, null, 2) : textOf(report))
  if (different.length > 0) throw new CommandFailure('')
}

async function answered(
  { action, params, keep = {}, answer, why = 'the service did not answer' }: ParityCall,
  run: ReturnType<typeof createRun>,
): Promise<ReturnType<typeof differencesOf> | { readonly why: string }> {
  // It is made even when there is nothing to compare with: later calls may need what it answers.
  const played = await run.play({ action, params, keep })
  if (answer === undefined) return { why: `in the recording: ${why}` }
  if (played.is === 'not-answered') return { why: played.why }
  return differencesOf(answer, { status: played.status, body: run.body(played.body) })
}
