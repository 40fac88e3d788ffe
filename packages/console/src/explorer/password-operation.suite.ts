// An operation for the tests of what the Explorer makes of one: it has a secret.
import type { OperationEntry } from '@opensag/rules'

export const passwordOperation: OperationEntry = {
  name: 'ModifySAGAdminPassword',
  about: { en: '', zh: '' },
  source: '',
  action: 'smartag:ModifySAGAdminPassword',
  level: 'Write',
  accessLevel: 'update',
  sample: { request: '', json: '{}', xml: '' },
  history: [],
  resources: [],
  params: [
    { name: 'SmartAGId', type: 'string', required: true },
    { name: 'Password', type: 'string', required: true, secret: true },
  ],
  result: [],
  errors: [],
}
