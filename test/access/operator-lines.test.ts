// The command line's side of the operator socket, for answers that are longer than memory.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { CommandFailure } from '../../packages/cli/src/exit.ts'
import { askOperator, askOperatorForLines } from '../../packages/cli/src/operator-client.ts'
import { command, lines, OperatorRefusal } from '../../packages/server/src/operator/command.ts'
import { serveOperator } from '../../packages/server/src/operator/socket.ts'

let data: string
let close: () => Promise<void>

const count = lines({
  name: 'count up',
  about: 'Count.',
  input: z.object({ to: z.number(), breakAt: z.number().optional() }),
  async *run(_context, { to, breakAt }) {
    for (let n = 0; n < to; n++) {
      if (n === breakAt) throw new OperatorRefusal('broken')
      yield { n, padding: 'x'.repeat(100) }
    }
  },
})

const closing = { timers: systemTimers, graceMs: 2000 }

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-lines-'))
  const served = await serveOperator(
    join(data, 'operator.sock'),
    [count],
    {} as never,
    pino({ level: 'silent' }),
    closing,
  )
  close = served.close
})
afterEach(async () => {
  await close()
  await rm(data, { recursive: true })
})

/** A reader that takes its time: each chunk is taken in a later turn. */
async function ask(input: object): Promise<readonly { readonly n: number }[]> {
  let text = ''
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8')
      setImmediate(done)
    },
  })
  await askOperatorForLines(data, 'count up', input, slow)
  await new Promise<void>((resolve) => slow.end(resolve))
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { n: number })
}

test('every line arrives, in order, however slowly it is read', async () => {
  expect((await ask({ to: 5000 })).map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, n) => n))
})

test('what breaks on the way is a failure, and not the end of the list', async () => {
  await expect(ask({ to: 5000, breakAt: 4000 })).rejects.toThrow(CommandFailure)
})

test('what is asked wrongly is told', async () => {
  await expect(ask({ to: 'x' })).rejects.toThrow('--to must be a number, not "x".')
})

test('what the operator changes is in the audit trail, what he looks at is not', async () => {
  const recorded: unknown[] = []
  const store = { record: async (entry: unknown) => void recorded.push(entry) }
  const rename = command({
    name: 'thing rename',
    about: 'Rename.',
    input: z.object({ id: z.string(), to: z.string() }),
    positional: ['id'],
    run: async () => ({}),
  })
  const list = command({ name: 'thing list', about: 'List.', input: z.object({}), run: async () => [] })
  const other = await mkdtemp(join(tmpdir(), 'opensag-lines-'))
  const context = { store, wallClock: () => 7 } as never
  const served = await serveOperator(
    join(other, 'operator.sock'),
    [rename, list],
    context,
    pino({ level: 'silent' }),
    closing,
  )
  try {
    await askOperator(other, 'thing list', {})
    await askOperator(other, 'thing rename', { id: 'a', to: 'b' })
  } finally {
    await served.close()
    await rm(other, { recursive: true })
  }
  expect(recorded).toMatchObject([{ at: 7, principal: 'operator', action: 'thing rename', resources: ['a'] }])
})
