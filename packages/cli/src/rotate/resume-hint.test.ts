import { expect, test } from 'vitest'
import type { RotateFlags } from './options.ts'
import { resumeHint } from './resume-hint.ts'

const hint = (flags: Partial<RotateFlags>): string =>
  resumeHint('november', { data: '.opensag', ...flags } as RotateFlags)

test('a rotation with the defaults is resumed by its folder', () => {
  expect(hint({})).toBe('opensag rotate --resume november')
})

test('what the next run needs to find the same rotation is in the command, quoted', () => {
  expect(hint({ data: '/srv/my data', endpoint: 'https://smartag.{region}.example.com' })).toBe(
    "opensag rotate --resume november --data '/srv/my data' --endpoint 'https://smartag.{region}.example.com'",
  )
  expect(hint({ toCommand: 'vault import', passwords: 'list.txt', out: 'new.age', evidenceKey: 'key.pem' })).toBe(
    "opensag rotate --resume november --out new.age --evidence-key key.pem --to-command 'vault import' --passwords list.txt",
  )
})
