import { describe, expect, test } from 'vitest'
import { direct, integerField, objectField, stringField, toWire, wrapped } from './results.ts'

const shape = {
  Text: stringField,
  Number: integerField,
  Inner: objectField({ A: stringField }),
  Wrapped: wrapped('Item', { A: stringField, More: wrapped('M', stringField) }),
  Names: wrapped('Name', stringField),
  Direct: direct({ A: stringField }),
}

describe('the wire form of a result', () => {
  test('gives every list its form, and members the declared order', () => {
    const result = {
      Direct: [{ A: '1' }],
      Names: ['n'],
      Wrapped: [{ A: '2', More: ['m'] }],
      Inner: { A: '3' },
      Number: 0,
      Text: '',
    }
    expect(JSON.stringify(toWire(shape, result))).toBe(
      '{"Text":"","Number":0,"Inner":{"A":"3"},"Wrapped":{"Item":[{"A":"2","More":{"M":["m"]}}]},' +
        '"Names":{"Name":["n"]},"Direct":[{"A":"1"}]}',
    )
  })

  test('sends empty lists and leaves out other members without a value', () => {
    expect(toWire(shape, { Text: undefined })).toEqual({ Wrapped: { Item: [] }, Names: { Name: [] }, Direct: [] })
    expect(toWire(shape, { Wrapped: [{}] })).toMatchObject({ Wrapped: { Item: [{ More: { M: [] } }] } })
  })

  test('sends nothing that is not declared', () => {
    expect(toWire({ Text: stringField }, { Text: 'x', Secret: 'y' })).toEqual({ Text: 'x' })
  })
})
