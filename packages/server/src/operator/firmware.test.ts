import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'
import { firmwareAdd, firmwareList } from './firmware.ts'

testInWorld('firmware on offer', (world) => {
  function context(): OperatorContext {
    return { store: world().store, wallClock: () => 0 } as unknown as OperatorContext
  }

  test('what is added is listed, with a name when none was given', async () => {
    const input = firmwareAdd.input.parse({ model: 'sag-1000', version: '2.4.0.0' })
    await firmwareAdd.run(context(), input)
    expect(await firmwareList.run(context(), {})).toEqual([
      {
        model: 'sag-1000',
        version: '2.4.0.0',
        name: 'sag-1000-2.4.0.0',
        type: 'release',
        added: '1970-01-01T00:00:00.000Z',
      },
    ])
  })

  test('the same version of the same model is not added twice', async () => {
    const input = firmwareAdd.input.parse({ model: 'sag-1000', version: '2.4.0.0', beta: true })
    await firmwareAdd.run(context(), input)
    await expect(firmwareAdd.run(context(), input)).rejects.toThrow(OperatorRefusal)
    await firmwareAdd.run(context(), { ...input, model: 'sag-100wm' })
    expect(await firmwareList.run(context(), {})).toHaveLength(2)
  })
})
