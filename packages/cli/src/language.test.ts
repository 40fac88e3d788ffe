import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN' }, 'zh'],
  [{ LANG: 'zh_TW.utf8' }, 'zh'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  // LC_ALL before LC_MESSAGES before LANG; one that is empty is not set.
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'POSIX' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
  // LANGUAGE is a list of preferences, which C is stronger than.
  [{ LANG: 'de_DE.UTF-8', LANGUAGE: 'de:zh_CN:en' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LANGUAGE: 'en' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LANGUAGE: 'zh_CN' }, 'zh'],
  [{ LANG: 'C', LANGUAGE: 'zh_CN' }, 'en'],
  [{ LANGUAGE: 'zh_CN' }, 'en'],
  // What is written is UTF-8.
  [{ LANG: 'zh_CN.GB18030' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8@pinyin' }, 'zh'],
  [{ LANG: 'zhx_CN.UTF-8' }, 'en'],
] as const)('%j asks for %s', (environment, language) => {
  expect(languageOf(environment)).toBe(language)
})
