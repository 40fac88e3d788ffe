// `npm run docs` runs this to record the samples anew; everybody else compares them with what is answered now.
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../apis/registry.ts'
import { worldOfTheRows } from '../../apis/testing/effects-rows.suite.ts'
import { sampleOf } from '../samples.ts'
import { recordings } from './generated/recordings.ts'
import { calls, createRecorder, type Recorder, recordingsModule } from './recorder.suite.ts'
import { hidden, type Recording, secretMembers } from './recording.ts'

const isRecording = process.env['OPENSAG_RECORD_SAMPLES'] === '1'
const file = join(import.meta.dirname, 'generated/recordings.ts')
const now: Record<string, Recording> = {}

let template: string
let recorder: Recorder
beforeAll(async () => {
  template = await worldOfTheRows()
  recorder = createRecorder(template)
})
afterAll(async () => {
  await recorder.close()
  await rm(template, { recursive: true })
  // All or nothing: after a failure the file stays as it was.
  if (isRecording && Object.keys(now).length === calls.length) writeFileSync(file, recordingsModule(now))
})

test.each(calls.map((call) => [call.operation.name, call] as const))(
  'the sample of %s is what the server answers to it',
  async (name, call) => {
    const recorded = await recorder.record(call)
    if (recorded === undefined) throw new Error(`The call of ${name} is refused.`)
    const { json, xml, ...recording } = recorded
    now[name] = recording
    if (isRecording) return
    // A difference means that the answer has changed: run `npm run docs`.
    expect(recording).toEqual(recordings[name])
    const sample = sampleOf(call.operation)
    expect(sample.json).toBe(json)
    expect(sample.xml).toBe(xml)
    expect(sample.madeUp).toBeUndefined()
  },
)

describe.skipIf(isRecording)('the recordings', () => {
  test('are of every operation, once, and of nothing else', () => {
    const names = allOperations.map(({ name }) => name).sort()
    expect(calls.map(({ operation }) => operation.name).sort()).toEqual(names)
    expect(Object.keys(recordings)).toEqual(names)
  })

  test('are what `npm run docs` writes', () => {
    expect(readFileSync(file, 'utf8')).toBe(recordingsModule(recordings))
  })

  test('hold no secret', () => {
    for (const { name, params } of allOperations) {
      for (const [param, { state }] of Object.entries(params)) {
        if (state.isSecret) expect(recordings[name]?.params[param] ?? hidden, `${name} ${param}`).toBe(hidden)
      }
      for (const [member, value] of membersOf(recordings[name]?.answer)) {
        if ((secretMembers as readonly string[]).includes(member)) expect(value).toBe(hidden)
        // Of a new one it is asked here whether it is a secret.
        else if (/secret|seed|securitytoken|^password$/i.test(member)) expect(`${name} ${member}`).toBe('no secret')
      }
    }
  })
})

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [[name, member] as const, ...membersOf(member)])
}
