import { expect, test } from 'vitest'
import { preferredLanguage } from './texts.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['fr,zh;q=0.5,en;q=0.4', 'zh'],
  ['fr, de', 'en'],
  ['zh;q=0', 'en'],
  ['ZH-Hans', 'zh'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
