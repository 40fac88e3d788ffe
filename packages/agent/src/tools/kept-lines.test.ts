import { pino } from 'pino'
import { expect, test } from 'vitest'
import { keepLines } from './kept-lines.ts'

function kept() {
  const written: string[] = []
  let now = 0
  const log = keepLines(pino({ level: 'warn' }, { write: (text: string) => void written.push(text) }), () => ++now)
  return { ...log, written }
}

test('lines are kept as they are logged, with what belongs to them, also those the log itself leaves out', () => {
  const { logger, lines, written } = kept()
  logger.info({ serial: 'sag1', reason: 'Too late.', nested: { key: 'x' } }, 'Not connected.')
  logger.warn('Alone.')
  logger.error({ err: new Error('no route') }, 'It failed.')
  logger.debug('Nobody asks for this.')
  expect(lines()).toEqual([
    { at: 1, level: 'info', text: 'Not connected. reason=Too late.' },
    { at: 2, level: 'warn', text: 'Alone.' },
    { at: 3, level: 'error', text: 'It failed. err=no route' },
  ])
  expect(written.map((text) => (JSON.parse(text) as { msg: string }).msg)).toEqual(['Alone.', 'It failed.'])
})

test('no control character and nothing as long as a key is kept', () => {
  const { logger, lines } = kept()
  const key = 'A1b2C3d4'.repeat(6)
  logger.info({ detail: `-----BEGIN\n${key}\n` }, `\x1b[31mLooks\u2028red ${key}`)
  const [line] = lines()
  expect(line?.text).toBe('[31mLooks red … detail=-----BEGIN …')
})

test('the last 200 lines are kept, each as far as 300 characters', () => {
  const { logger, lines } = kept()
  for (let n = 0; n < 205; n++) logger.info(`line ${n} ${'long words '.repeat(50)}`)
  expect(lines()).toHaveLength(200)
  expect(lines()[0]?.text).toMatch(/^line 5 /)
  expect(lines()[0]?.text).toHaveLength(300)
})
