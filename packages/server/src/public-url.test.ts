import { expect, test } from 'vitest'
import { publicUrlMistake } from './public-url.ts'

test.each([
  'https://sag.example.com',
  'https://sag.example.com/',
  'HTTP://localhost:7240',
  'https://[2001:db8::7]:8443',
  'https://网关.example',
])('%s is a public URL', (text) => {
  expect(publicUrlMistake(text)).toBeUndefined()
})

test.each([
  ['sag.example.com', 'is not an absolute http or https URL'],
  ['//sag.example.com', 'is not an absolute http or https URL'],
  ['ftp://sag.example.com', 'is not an absolute http or https URL'],
  ['https:sag.example.com', 'is not an absolute http or https URL'],
  ['https://', 'is not an absolute http or https URL'],
  ['https://sag.example.com:99999', 'is not an absolute http or https URL'],
  ['https://sag example.com', 'is not an absolute http or https URL'],
  ['https://sag.example.com?', 'must have no query and no fragment'],
  ['https://sag.example.com/?a=b', 'must have no query and no fragment'],
  ['https://sag.example.com/#', 'must have no query and no fragment'],
  ['https://sag.example.com/api', 'must have no path'],
  ['https://user@sag.example.com', 'must hold no user name and no password'],
])('%s is refused, with an example of a right one', (text, says) => {
  const mistake = publicUrlMistake(text)
  expect(mistake).toContain(says)
  expect(mistake).toContain('https://sag.example.com.')
})

test('a password in the URL is not repeated', () => {
  expect(publicUrlMistake('https://me:hunter2@sag.example.com/?x')).not.toContain('hunter2')
  expect(publicUrlMistake('me:hunter2@sag.example.com')).not.toContain('hunter2')
})
