import { expect, test } from 'vitest'
import { testOperation } from '../testing/harness.suite.ts'
import { describeEndpoints as operation } from './describe-endpoints.ts'

testOperation(operation, (world) => {
  const ask = (params: Readonly<Record<string, string>>) =>
    world().call(operation, { Id: 'cn-shanghai', ServiceCode: 'smartag', ...params })

  test.each(['smartag', 'ram', 'sts', 'location', 'actiontrail'])('%s is here', async (ServiceCode) => {
    expect(await ask({ ServiceCode, Type: 'openAPI' })).toEqual({
      Success: true,
      Endpoints: [
        {
          Endpoint: '127.0.0.1:7240',
          Id: 'cn-shanghai',
          Namespace: 'opensag',
          SerivceCode: ServiceCode,
          Type: 'openAPI',
          Protocols: ['HTTP'],
        },
      ],
    })
  })

  test('the service is found in any spelling, and without a type', async () => {
    expect(await ask({ ServiceCode: 'Smartag' })).toMatchObject({
      Endpoints: [{ SerivceCode: 'smartag', Type: 'openAPI' }],
    })
  })

  test.each([
    ['a service that is elsewhere', { ServiceCode: 'ecs' }],
    ['a region that does not exist', { Id: 'mars-1' }],
    ['another kind of endpoint', { Type: 'innerAPI' }],
  ])('%s has no endpoint here', async (_name, params) => {
    expect(await ask(params)).toEqual({ Success: true, Endpoints: [] })
  })
})
