import type { ApiReference } from '@opensag/rules'
import { expect, test } from 'vitest'
import { explanationIn } from './explain.ts'

const all: ApiReference = {
  apis: [
    {
      product: 'Smartag',
      version: '2018-03-13',
      title: { en: '', zh: '' },
      families: [
        {
          id: 'passwords',
          title: { en: '', zh: '' },
          operations: [
            {
              name: 'ModifySAGAdminPassword',
              about: { en: '', zh: '' },
              source: 'test',
              resources: [],
              result: [],
              action: 'smartag:ModifySAGAdminPassword',
              level: 'Write',
              accessLevel: 'update',
              sample: { request: '', json: '{}', xml: '' },
              history: [],
              params: [],
              errors: [{ code: 'SmartAccessGatewayOffline', status: 400, en: 'Offline.', zh: '离线。', cause: 0 }],
            },
          ],
        },
      ],
    },
  ],
  releases: [],
  causes: [{ en: ['It is off.', 'Turn it on.'], zh: ['已关机。', '请开机。'] }],
  errors: [{ code: 'Missing{Name}', status: 400, en: '{Name} is mandatory.', zh: '缺少 {Name}。' }],
}

test('a code is explained as the operation means it', () => {
  expect(explanationIn(all, 'Smartag:ModifySAGAdminPassword', 'SmartAccessGatewayOffline')).toEqual({
    message: { en: 'Offline.', zh: '离线。' },
    cause: { en: 'It is off.', zh: '已关机。' },
    cure: { en: 'Turn it on.', zh: '请开机。' },
  })
})

test('the front door’s codes with a parameter’s name are explained by their pattern', () => {
  expect(explanationIn(all, 'Smartag:Any', 'MissingRegionId')?.message.en).toBe('RegionId is mandatory.')
  expect(explanationIn(all, 'Smartag:Any', 'Nonsense')).toBeUndefined()
})
