import { describe, expect, test } from 'vitest'
import { allOperations as operations } from '../apis/registry.ts'
import { errorPage } from './error-page.ts'

describe('the page of an error code', () => {
  test('tells status and both texts of every operation that answers it', () => {
    const page = errorPage('SAG.InstanceNoFound', operations) ?? ''
    for (const { name, errors } of operations) {
      if ('SAG.InstanceNoFound' in errors) expect(page).toContain(`<code>${name}</code>`)
    }
    expect(page).toContain('The specified SAG instance does not exist.')
    expect(page).toContain('智能接入网关实例不存在。')
  })

  test('tells what leads to it and what to do, as it is in that operation', () => {
    const page = errorPage('ResourceInOperating', operations) ?? ''
    expect(page).toContain('The account has used traffic this month')
    expect(page).toContain('Call UnbindVbr and UnbindSmartAccessGateway first.')
    expect(page).toContain('先调用 UnbindVbr 和 UnbindSmartAccessGateway。')
    expect(errorPage('SmartAccessGatewayOffline', operations)).toContain('<code>opensag operator device list</code>')
    expect(errorPage('MissingSmartAGId', operations)).toContain('This parameter is required and was not sent.')
  })

  test('knows the front door’s own codes and its families with a parameter’s name', () => {
    expect(errorPage('SignatureNonceUsed', operations)).toContain('Specified signature nonce was used already.')
    expect(errorPage('MissingSmartAGId', operations)).toContain('SmartAGId is mandatory for this action.')
    expect(errorPage('InvalidPageSize', operations)).toContain('Specified parameter PageSize is not valid.')
  })

  test('names every parameter that the call left out, and nothing that is no parameter', () => {
    const page = errorPage('MissingHardWareSpec', operations, ['HardWareSpec', 'ReceiverZip', '<b>', 'Nonsense']) ?? ''
    expect(page).toContain('required parameters: <code>HardWareSpec</code>, <code>ReceiverZip</code></p>')
    expect(page).not.toContain('Nonsense')
  })

  test('does not exist for a code that is never answered', () => {
    for (const code of ['Nonsense', 'MissingNonsense', 'Missing{Name}', '__proto__', 'constructor', '<script>']) {
      expect(errorPage(code, operations)).toBeUndefined()
    }
  })
})
