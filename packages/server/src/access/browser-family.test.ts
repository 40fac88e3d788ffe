import { expect, test } from 'vitest'
import { browserFamily } from './browser-family.ts'

const webkit = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Edge', `${webkit} Chrome/131.0 Safari/537.36 Edg/131.0`],
  ['Opera', `${webkit} Chrome/131.0 Safari/537.36 OPR/115.0`],
  ['Chrome', `${webkit} Chrome/131.0 Safari/537.36`],
  ['Chrome', `${webkit} HeadlessChrome/131.0 Safari/537.36`],
  ['Safari', 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'],
  ['Firefox', 'Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0'],
  ['Other', 'curl/8.9.1'],
  ['Other', undefined],
  ['Other', `${'x'.repeat(600)} Firefox/133.0`],
] as const)('%s is told by its header', (family, userAgent) => {
  expect(browserFamily(userAgent)).toBe(family)
})
