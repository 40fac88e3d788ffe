import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const list = operation('acl/describe-acl-attribute')
const associate = operation('acl/associate-acl')
const remove = operation('acl/delete-acl')

/** Access control lists: in which order rules are asked, and who is told. */
export const storeAcl: readonly MutatedFile[] = [
  {
    file: '../model/acl.ts',
    tests: [list],
    changes: [
      {
        name: 'accept-before-drop',
        breaks: 'A rule that lets everything pass outweighs one of the same priority that stops something.',
        find: "Number(one.policy === 'accept') - Number(other.policy === 'accept')",
        replace: "Number(other.policy === 'accept') - Number(one.policy === 'accept')",
      },
      {
        name: 'wide-before-narrow',
        breaks: 'An exception for one host has no effect.',
        find: 'prefixes(other) - prefixes(one)',
        replace: 'prefixes(one) - prefixes(other)',
      },
    ],
  },
  {
    file: 'acls/acls.ts',
    tests: [remove],
    changes: [
      {
        name: 'deleted-but-in-force',
        breaks: 'Gateways go on to filter by a list that was deleted.',
        find: '    for (const instance of instances) await this.#gatewayConfigs.refresh(instance)\n',
        replace: '',
      },
    ],
  },
  {
    file: '../apis/smartag/acl/associate-acl.ts',
    tests: [associate],
    changes: [
      {
        name: 'instance-of-others',
        breaks: 'An account filters the branch of another one.',
        find: "    if (instance.accountId !== caller.accountId) throw fail('Forbidden')\n",
        replace: '',
      },
      {
        name: 'second-list-in-place-of-the-first',
        breaks: 'A list that protects a branch is exchanged without a word.',
        find: "    if (instance.aclId !== undefined) throw fail('AclPerSmartagAmountLimit')\n",
        replace: '',
      },
    ],
  },
]
