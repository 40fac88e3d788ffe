import { expect, test, vi } from 'vitest'
import type { ActionField } from './action.ts'
import { fieldTexts } from './field-checks.texts.ts'
import * as checks from './field-checks.ts'

vi.mock('../app/language.svelte.ts', () => ({ language: { current: 'en' } }))

const t = fieldTexts.en

function found(check: ActionField['check'], value: string): readonly (string | undefined)[] {
  const mistake = check?.(value, {})
  return typeof mistake === 'string' ? [mistake] : [mistake?.text, mistake?.repair?.value]
}

test.each([
  [checks.checkName, 'branch-1', []],
  [checks.checkName, '', []],
  [checks.checkName, 'branch of Lyon', [t.name, 'branch-of-Lyon']],
  [checks.checkName, '1 shop!', [t.name, 'shop']],
  [checks.checkName, 'a', [t.name]],
  [checks.checkDescription, 'Branch office', []],
  [checks.checkDescription, ' Shop', [t.description, 'Shop']],
  [checks.checkDescription, 'https://example.com', [t.description]],
  [checks.checkMail, 'li@example.com', []],
  [checks.checkMail, ' li＠example。com', [t.mail, 'li@example.com']],
  [checks.checkMail, 'li at example.com', [t.mail]],
  [checks.checkUserName, 'zhang.wei', []],
  [checks.checkUserName, 'zhang wei', [t.userName, 'zhang-wei']],
  [checks.checkUserName, 'zhang', [t.userName]],
  [checks.checkAddress, '10.2.0.7', []],
  [checks.checkAddress, '10.02.000.7', [t.address, '10.2.0.7']],
  [checks.checkAddress, '10.2.0.256', [t.address]],
  [checks.checkRamName('User'), 'li_wei', []],
  [checks.checkRamName('User'), 'li wei', [t.ramName, 'li-wei']],
  [checks.checkRamName('Role'), 'li_wei', [t.roleName, 'li-wei']],
  [checks.checkLength(3), '一二三', []],
  [checks.checkLength(3), 'four', [t.long('3', '4')]],
  [checks.checkJson, '{"Version":"1"}', []],
  [checks.checkJson, '{"Version":"1"', [t.json]],
  [checks.filled('10.1.0.0/24'), '', [t.needed]],
  [checks.filled(''), '', []],
  [checks.filled('x', checks.checkMail), 'y', [t.mail]],
])('check %# answers %j so: %j', (check, value, expected) => {
  expect(found(check, value).filter((one) => one !== undefined)).toEqual(expected)
})
