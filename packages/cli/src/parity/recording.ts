import type { ParityCall, ParityHeader, ParityLine } from '@opensag/smartag-client'
import { z } from 'zod'
import { UsageError } from '../exit.ts'
import { parseJson } from '../json-text.ts'
import { say } from '../say.ts'

const header = z.strictObject({
  parity: z.literal(1),
  recorded: z.iso.date(),
  opensag: z.string(),
  service: z.enum(['public', 'other']),
  regionId: z.string().regex(/^[a-z0-9-]{1,64}$/),
  calls: z.number().int().positive(),
}) satisfies z.ZodType<ParityHeader>

const texts = z.record(z.string(), z.string())

const call = z.strictObject({
  call: z.number().int().positive(),
  action: z.string().regex(/^[A-Za-z]\w*$/),
  version: z.iso.date(),
  params: texts,
  keep: texts.exactOptional(),
  writes: z.boolean(),
  answer: z
    .strictObject({ status: z.number().int().min(100).max(599), body: z.record(z.string(), z.unknown()) })
    .exactOptional(),
  why: z.string().exactOptional(),
}) satisfies z.ZodType<ParityCall>

const end = z.strictObject({ end: z.literal(true) })

export interface Recording {
  readonly header: ParityHeader
  readonly calls: readonly ParityCall[]
  /** Whether every call of the list was made. */
  readonly isWhole: boolean
}

export function lineOf(line: ParityLine): string {
  return `${JSON.stringify(line)}\n`
}

/**
 * The content of a recording. A last line that was cut off, by a machine that failed, is left out.
 *
 * @param path to name in messages, which repeat nothing of the file
 * @throws UsageError that names the line
 */
export function recordingIn(text: string, path: string): Recording {
  const lines = text.split('\n')
  // What follows the last line break is nothing, or a line that was not written whole.
  lines.pop()
  const [first, ...rest] = lines.map((line, index) => checkedLine(line, index, path))
  if (first === undefined || !('parity' in first)) {
    throw new UsageError(
      say('{path} is no recording of "opensag parity record": its first line must be a header.', { path }),
    )
  }
  const calls = rest.filter((line): line is ParityCall => 'call' in line)
  const isInOrder = calls.every(({ call: number }, index) => number === index + 1)
  const others = rest.filter((line) => !('call' in line))
  if (!isInOrder || others.some((line) => !('end' in line) || line !== rest.at(-1))) {
    throw new UsageError(say('{path}: lines are missing, doubled or in another order.', { path }))
  }
  return { header: first, calls, isWhole: others.length === 1 }
}

function checkedLine(text: string, index: number, path: string): ParityLine {
  const line = index + 1
  const wrong = (why: string): UsageError => new UsageError(say('{path}, line {line}: {why}', { path, line, why }))
  const parsed = parseJson(text)
  if ('mistake' in parsed) {
    throw new UsageError(say('{path}, line {line} {why}.', { path, line, why: parsed.mistake }))
  }
  const { value } = parsed
  if (typeof value !== 'object' || value === null) throw wrong(say('an object is needed.'))
  if ('parity' in value && value.parity !== 1) {
    throw wrong(say('this format is of another version; this program reads version 1.'))
  }
  const schema: z.ZodType<ParityLine> = index === 0 ? header : 'end' in value ? end : call
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path ?? [])
  const member = keys.map(String).join('.') || say('a member')
  throw wrong(say('{member} is missing, unknown or wrong.', { member }))
}
