import { expect, test } from 'vitest'
import { endings } from '../../../server/src/model/endings.ts'
import { causes } from '../../../server/src/model/gateway-health.ts'
import { whyTexts } from './why.texts.ts'
import { ruledOutTexts, whyText } from './why.ts'

const t = whyTexts.en

test('every cause that the server tells has words', () => {
  for (const cause of causes) expect(Object.keys(t.causes)).toContain(cause)
})

test('an unknown cause is said to be unknown, with what is known instead of it', () => {
  expect(whyText('Unknown', endings.silent, t)).toMatch(/^not known\. It fell silent/)
  expect(whyText('Unknown', endings.broken, t)).toMatch(/^not known\. The connection broke/)
  for (const server of [endings.serverStopped, endings.serverRestarted, endings.serverRestored, endings.nodeGone]) {
    expect(whyText('Unknown', server, t)).toMatch(/^not known\. Its connection ended when the server stopped/)
  }
  expect(whyText('Unknown', 'read ECONNRESET', t)).toBe('not known. The server wrote down: “read ECONNRESET”')
  expect(whyText('Unknown', undefined, t)).toBe('not known. Nothing was written down about it.')
})

test('a cause of a later server is not taken for a known one', () => {
  expect(whyText('Flood', undefined, t)).toMatch(/^not known/)
  expect(ruledOutTexts(['Flood', 'Restart'], t)).toEqual(['restart from here'])
})

test('a known cause stands for itself, however the connection ended', () => {
  expect(whyText('Goodbye', endings.goodbye, t)).toBe(t.causes.Goodbye)
})
