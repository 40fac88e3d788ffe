import { expect, test } from 'vitest'
import { callsIn, filled, placeholdersIn } from './call-list.ts'

test('a call has its parameters, and what is kept of its answer', () => {
  const text = `# comment\r\n
    DescribeX Name='two words' Note="it's" Empty= Position='[{"adcode":"1"}]'
      keep one = Items[?Status=='Active'] | [0].Id
    ModifyX Id={one} Region={region} Code={env:CODE}-1`
  expect(callsIn(text, 'calls.txt')).toEqual([
    {
      action: 'DescribeX',
      params: { Name: 'two words', Note: "it's", Empty: '', Position: '[{"adcode":"1"}]' },
      keep: { one: "Items[?Status=='Active'] | [0].Id" },
    },
    { action: 'ModifyX', params: { Id: '{one}', Region: '{region}', Code: '{env:CODE}-1' }, keep: {} },
  ])
})

test.each([
  ['keep one = Id', 'line 1: "keep" belongs below a call'],
  ['DescribeX\nkeep One = Id', 'line 2: write "keep name = expression"'],
  ['DescribeX\nkeep region = Id', 'line 2: write "keep name = expression"'],
  ['DescribeX\nkeep one = Id\nkeep one = Id', 'line 3: "one" names an earlier value already'],
  ['DescribeX Name="a b', 'line 1: a quotation mark is not closed'],
  ['DescribeX\nkeep one = [', 'line 2: what follows "=" is not a JMESPath expression'],
  ['DescribeX Name', 'line 1: each parameter has the form Name=value'],
  ['DescribeX Id={one}', 'line 1: {one} is kept by no earlier call'],
  ['# nothing', 'calls.txt has no calls'],
  ['Describe-X A=b', 'line 1: a call begins with the name of an operation'],
])('%j is refused with the line', (text, message) => {
  expect(() => callsIn(text, 'calls.txt')).toThrow(message)
})

test('a placeholder is filled, and the first that nothing stands for is told', () => {
  const lookUp = ({ name }: { readonly name: string }): string | undefined => (name === 'one' ? 'a' : undefined)
  expect(filled('x-{one}-{one}', lookUp)).toEqual({ value: 'x-a-a' })
  expect(filled('{one}{env:TWO}{three}', lookUp)).toEqual({ lacks: { is: 'env', name: 'TWO' } })
  expect(placeholdersIn('{"a":1}')).toEqual([])
})
