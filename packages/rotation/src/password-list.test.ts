import { expect, test } from 'vitest'
import { readPasswordList } from './password-list.ts'

test('a serial number and a password a line, with a blank, a tab or a comma between', () => {
  const { passwords, mistakes } = readPasswordList('# comment\nsag1 First_pass\nsag2\tSecond_pass\r\nsag3,Third_pass\n')
  expect([...passwords]).toEqual([
    ['sag1', 'First_pass'],
    ['sag2', 'Second_pass'],
    ['sag3', 'Third_pass'],
  ])
  expect(mistakes).toEqual([])
})

test('each mistake is told by its line and never by what stands there', () => {
  const text =
    'sag1 First_pass\nsag1 Other_pass\nsag2 First_pass\nsag3 short\nsag4\nsag5 no*star*here\nsag6 two words\n'
  const { passwords, mistakes } = readPasswordList(text)
  expect([...passwords.keys()]).toEqual(['sag1'])
  expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([2, 3, 4, 5, 6, 7].map((line) => `line ${line}`))
  expect(mistakes.join()).not.toMatch(/pass\b|short|star|words/)
  expect(mistakes.join()).not.toMatch(/First_pass|Other_pass|no\*star|two words/)
})
