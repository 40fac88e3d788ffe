import type { MutatedFile } from '../mutant.ts'
import { accessTests, operation, platform, storeTests } from './tests.ts'

export const storeNetworks: readonly MutatedFile[] = [
  {
    file: 'remote-users/enterprise-codes.ts',
    tests: [operation('enterprise-codes/list-enterprise-code')],
    changes: [
      {
        name: 'codes-of-all-accounts',
        breaks: 'One account reads the enterprise codes of another.',
        find: ".selectFrom('enterprise_code').where('account_id', '=', accountId)",
        replace: ".selectFrom('enterprise_code').where((is) => is.lit(accountId !== ''))",
      },
      {
        name: 'code-with-case',
        breaks: 'A code that differs in case only is a second one.',
        find: ".where('code', '=', text.toLowerCase())",
        replace: ".where('code', '=', text)",
        tests: [
          operation('enterprise-codes/create-enterprise-code'),
          operation('enterprise-codes/update-smart-ag-enterprise-code'),
        ],
      },
      {
        name: 'namesakes-behind-one-code',
        breaks: 'Two accounts of one name are reached by one enterprise code.',
        find: ".where('ours.instance_id', '=', instanceId)",
        replace: ".where('ours.instance_id', '=', '')",
        tests: [operation('enterprise-codes/update-smart-ag-enterprise-code')],
      },
    ],
  },
  {
    file: 'networks/members.ts',
    tests: [operation('ccn/modify-cloud-connect-network')],
    changes: [
      {
        name: 'block-at-the-edge',
        breaks: 'A range is taken away from under a block that ends with its first address.',
        find: 'block.last >= span.first',
        replace: 'block.last > span.first',
        tests: ['packages/server/src/store/networks/members.test.ts'],
      },
      {
        name: 'snat-entries-stay-in-the-ccn',
        breaks: 'SNAT entries of an instance that left a network still take its addresses.',
        find: "await tx.updateTable('snat_entry').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()",
        replace: '',
        tests: [
          operation('ccn/unbind-smart-access-gateway'),
          operation('networks.property'),
          operation('ccn/bind-smart-access-gateway'),
        ],
      },
    ],
  },
  {
    file: 'networks/ccn-grants.ts',
    tests: [operation('grants/revoke-sag-instance-from-ccn')],
    changes: [
      {
        name: 'revoke-all-grants',
        breaks: 'Taking back the grant to one network takes back that to every other.',
        find: ".deleteFrom('sag_grant')\n    .where('instance_id', '=', instanceId)\n    .where('ccn_id', '=', ccnId)",
        replace: ".deleteFrom('sag_grant')\n    .where('instance_id', '=', instanceId)",
      },
      {
        name: 'grant-to-any-ccn',
        breaks: 'An instance that was granted to one network can be bound by any.',
        find: ".select('id')\n    .where('instance_id', '=', instanceId)\n    .where('ccn_id', '=', ccnId)",
        replace: ".select('id')\n    .where('instance_id', '=', instanceId)",
        tests: [operation('ccn/bind-smart-access-gateway'), operation('grants/grant-sag-instance-to-ccn')],
      },
    ],
  },
  {
    file: 'networks/ccn.ts',
    tests: [operation('ccn/delete-cloud-connect-network')],
    changes: [
      {
        name: 'ccns-of-all-accounts',
        breaks: 'One account lists the networks of another.',
        find: ".where('account_id', '=', filter.accountId)\n    .where('region_id'",
        replace: ".where('region_id'",
        tests: [operation('ccn/describe-cloud-connect-networks')],
      },
      {
        name: 'grants-outlive-the-ccn',
        breaks: 'A network that is made later under the id of a deleted one inherits its grants.',
        find: "await tx.deleteFrom('sag_grant').where('ccn_id', '=', id).execute()",
        replace: '',
      },
    ],
  },
  {
    file: 'access/sts-sessions.ts',
    tests: [accessTests.stsSessions],
    changes: [
      {
        name: 'session-without-key',
        breaks: 'A session outlives the access key that began it.',
        find: 'access_key_id: basis.accessKeyId ?? null,',
        replace: 'access_key_id: null,',
        tests: [accessTests.sessions, platform('sts/assume-role')],
      },
      {
        name: 'session-outlives-key',
        breaks: 'A session goes on after the key that began it was deleted.',
        find: 'if (row.access_key_id !== null && row.key_status === null) return true',
        replace: '',
        tests: [accessTests.stsSessions, accessTests.sessions],
      },
      {
        name: 'session-outlives-user',
        breaks: 'A session of a deleted user becomes one of the account, which may do everything.',
        find: 'if (row.user_id !== null && row.user_name === null) return true',
        replace: '',
        tests: [accessTests.stsSessions, accessTests.sessions],
      },
      {
        name: 'session-outlives-password',
        breaks: 'A console session goes on after its password was changed.',
        find: "return row.profile_tag !== null && profileTag(row.password_hash ?? '') !== row.profile_tag",
        replace: 'return false',
        tests: ['packages/server/src/console-logon/logon.test.ts', accessTests.sessions],
      },
      {
        name: 'session-without-profile',
        breaks: 'A session that was begun with a password goes on after the password is changed.',
        find: 'profile_tag: basis.profileTag ?? null,',
        replace: 'profile_tag: null,',
        tests: [accessTests.sessions, 'packages/server/src/console-logon/logon.test.ts'],
      },
      {
        name: 'forget-live-sessions',
        breaks: 'The sweep forgets sessions that have not ended.',
        find: ".where('expires_at', '<', before)",
        replace: ".where('expires_at', '>', before)",
      },
      {
        name: 'token-in-the-clear',
        breaks: 'The store holds session tokens as they are.',
        find: "createHash('sha256').update(token.reveal()).digest('base64url')",
        replace: 'token.reveal()',
      },
    ],
  },
  {
    file: 'audit/audit.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'audit-of-all-accounts',
        breaks: 'One account reads the audit trail of another.',
        find: "if (accountId !== undefined) events = events.where('account_id', '=', accountId)",
        replace: 'void accountId',
      },
      {
        name: 'audit-repeats-an-event',
        breaks: 'The last event of a page is the first of the next.',
        find: "eb('id', further, behind.id)",
        replace: "eb('id', newestFirst ? '<=' : '>=', behind.id)",
      },
      {
        name: 'audit-keeps-separators',
        breaks: 'A resource with a space in it becomes two in the trail.',
        find: "resource.replace(/[\\p{C}\\p{Z}]/gu, '_')",
        replace: 'resource',
      },
    ],
  },
  {
    file: '../model/admin-password-state.ts',
    tests: ['packages/server/src/model/admin-password-state.test.ts'],
    changes: [
      {
        name: 'reset-button-keeps-the-date',
        breaks: 'A box that was reset to no password counts as one whose password was changed.',
        find: "if (passwordSet === false) return 'NotSet'",
        replace: '',
      },
      {
        name: 'wrong-clock-renews-a-password',
        breaks: 'A gateway whose clock is ahead has a new password at every connection.',
        find: 'told === undefined || told === mark',
        replace: 'told === undefined',
      },
    ],
  },
  {
    file: '../model/snat.ts',
    tests: ['packages/server/src/apis/smartag/nat/add-snat-entry.test.ts'],
    changes: [
      {
        name: 'hidden-behind-the-address-of-a-member',
        breaks: 'A branch hides behind an address of another one, which cannot be given its own block again.',
        find: 'taken.has(address) || holds(cidrs, address)',
        replace: 'holds(cidrs, address)',
      },
      {
        name: 'hidden-behind-multicast',
        breaks: 'A branch hides behind an address that no packet comes back to.',
        find: 'holds(reservedRanges, address) || isOutside(address)',
        replace: 'isOutside(address)',
      },
    ],
  },
  {
    file: '../model/range-change.ts',
    tests: ['packages/server/src/apis/smartag/instances/modify-smart-access-gateway.test.ts'],
    changes: [
      {
        name: 'dhcp-without-room',
        breaks: 'A gateway has a first block from which its DHCP server has nothing to give.',
        find: 'const longestFirstMask = 30',
        replace: 'const longestFirstMask = 31',
      },
    ],
  },
  {
    file: '../apis/smartag/ccn/bind-smart-access-gateway.ts',
    tests: ['packages/server/src/apis/smartag/ccn/bind-smart-access-gateway.test.ts'],
    changes: [
      {
        name: 'block-with-the-address-of-a-member',
        breaks: 'A branch brings a block into a network where another one hides behind an address of it.',
        find: ' || (await networks.usesTranslation(ccn.id, block))',
        replace: '',
      },
      {
        name: 'brings-entries-unseen',
        breaks: 'A branch brings a SNAT entry into a network that has no place for it.',
        find: 'ccn.id, entries)) !== undefined',
        replace: 'ccn.id, entries)) === null',
      },
    ],
  },
  {
    file: 'pops/heal.ts',
    tests: [storeTests.pops],
    changes: [
      {
        name: 'given-up-for-good',
        breaks: 'A pop whose machine lacked something for a moment stays behind until the next change.',
        find: '  await offerAgain(context)\n',
        replace: '',
      },
    ],
  },
  {
    file: 'pops/pop-config.ts',
    tests: [storeTests.pops],
    changes: [
      {
        name: 'member-without-identity',
        breaks: 'A box that was made to forget its identity keeps its tunnel.',
        find: 'if (!isEnrolled(instance, device.serial)) continue',
        replace: '',
      },
      {
        name: 'member-of-an-ended-subscription',
        breaks: 'A branch whose subscription has ended keeps its tunnel.',
        find: 'if (!hasNetwork(instance, now)) continue',
        replace: 'if (!hasNetwork(instance, 0)) continue',
      },
    ],
  },
  {
    file: 'pops/traffic.ts',
    tests: ['packages/server/src/operator/device-show.test.ts'],
    changes: [
      {
        name: 'bytes-of-an-hour-ago',
        breaks: 'A minute that has come round again still has the bytes of an hour ago.',
        find: "'+', row.ref(`excluded.${column}`)))\n            .else(row.ref(`excluded.${column}`))",
        replace:
          "'+', row.ref(`excluded.${column}`)))\n            .else(row(`traffic.${column}`, '+', row.ref(`excluded.${column}`)))",
      },
    ],
  },
  {
    file: 'gateways/configurations.ts',
    tests: ['packages/server/src/operator/device-show.test.ts'],
    changes: [
      {
        name: 'traffic-of-the-instance-before',
        breaks: 'The next owner of a device sees what it carried for the last one.',
        find: '    await forgetNetworkReports(this.#db as Writer, serial)\n',
        replace: '',
      },
    ],
  },
]
