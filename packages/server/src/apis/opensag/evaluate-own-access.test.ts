import { expect, test } from 'vitest'
import { testOperation } from '../testing/harness.suite.ts'
import { evaluateOwnAccess as operation } from './evaluate-own-access.ts'

const asked = (...questions: readonly (readonly [action: string, resource?: string])[]) =>
  Object.fromEntries(
    questions.flatMap(([action, resource], index) => [
      [`Question.${index + 1}.ActionName`, action],
      ...(resource === undefined ? [] : [[`Question.${index + 1}.ResourceName`, resource]]),
    ]),
  ) as Readonly<Record<string, string>>

// What is decided, for users with policies, is in test/access/own-access.test.ts.
testOperation(operation, (world) => {
  test('the account itself may do everything, in the order that was asked', async () => {
    expect(await world().call(operation, asked(['ram:GetUser'], ['smartag:RebootSmartAccessGateway', '*']))).toEqual({
      Decisions: [
        { ActionName: 'ram:GetUser', Effect: 'Allow', Reason: 'Allowed' },
        { ActionName: 'smartag:RebootSmartAccessGateway', ResourceName: '*', Effect: 'Allow', Reason: 'Allowed' },
      ],
    })
  })

  test('fifty questions are answered, and of more none', async () => {
    const many = (count: number) => asked(...Array.from({ length: count }, () => ['ram:GetUser'] as const))
    const { Decisions } = (await world().call(operation, many(50))) as { Decisions: readonly unknown[] }
    expect(Decisions).toHaveLength(50)
    expect(await world().refused(operation, many(51))).toBe('InvalidQuestion')
  })

  test.each([
    ['MissingQuestion', {}],
    ['InvalidQuestion.1.ActionName', asked(['no action'])],
    ['InvalidQuestion.1.ResourceName', asked(['ram:GetUser', 'sag-1'])],
  ])('%s', async (code, params) => {
    expect(await world().refused(operation, params)).toBe(code)
  })
})
