import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FormValues } from '../../packages/console/src/explorer/form.ts'
import type { Sample } from '../../packages/console/src/samples/language.ts'
import { generateSample } from '../../packages/console/src/samples/languages.ts'
import { instanceOf, popCore } from '../support/api.ts'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit } from '../support/time.ts'
import { callOf } from './calls.ts'
import { type Ended, type ToolChain, write } from './tool-chain.ts'

/** What would end a text or a program in some language, and must arrive as it was put in. */
const awkward = `It's "quoted" \\ \\n \`id\` $HOME \${x} $(id) %{y} %s #{z} \\u0022; -- 杭州 🚪\u200b\u00a0 end`

type Answer = Readonly<Record<string, unknown>>

interface Mail {
  readonly text: string
}

/** The programs of a language, run against a sandbox; each title is what is then so. */
export function runsSamples(chain: ToolChain): void {
  const title = chain.lack === undefined ? '' : ` (enable with: ${chain.lack})`
  describe.skipIf(chain.lack !== undefined).sequential(`programs in ${chain.language.label}${title}`, () => {
    let sandbox: Sandbox
    let base: string
    const samples = new Map<string, Sample>()
    const ids = { pair: '', wm: '', scg: '', app: '' }

    /** Every program is written first, because compiling them together is what makes this affordable. */
    function calls(): Readonly<Record<string, readonly [action: string, values: FormValues]>> {
      const RegionId = sandbox.regionId
      const device = { RegionId, SmartAGId: ids.wm }
      const app = { RegionId, SmartAGId: ids.app }
      const service = { ServiceName: 'smartag.aliyuncs.com' }
      return {
        modifysag: ['ModifySAGAdminPassword', { ...device, SmartAGSn: 'sagdemo100wm', Password: 'secret' }],
        updatesag: [
          'UpdateSmartAccessGatewayAdminPassword',
          { RegionId, SagInsId: ids.scg, SagSn: 'sagdemo5000a', CrossAccount: 'false', Password: 'secret' },
        ],
        reset: [
          'ResetSmartAccessGatewayClientUserPassword',
          { ...app, UserName: 'li.na@example.com', Password: 'secret' },
        ],
        modify: [
          'ModifySmartAccessGateway',
          { ...device, Position: awkward, SecurityLockThreshold: '3600', Description: 'Made-by-a-sample' },
        ],
        untyped: [
          'ModifySmartAccessGateway',
          { RegionId, SmartAGId: ids.pair, SnatEntries: [{ CidrBlock: '10.1.0.0/28', SnatIp: '10.255.0.77' }] },
        ],
        regions: ['DescribeRegions', {}],
        list: ['DescribeSmartAccessGateways', { RegionId, SmartAGIds: [ids.wm, ids.scg], PageSize: '50' }],
        ccn: ['CreateCloudConnectNetwork', { RegionId, Name: '样例.sample', CidrBlock: '10.0.0.0/8' }],
        user: [
          'CreateSmartAccessGatewayClientUser',
          { ...app, UserName: 'sample_user', UserMail: 'sample@example.com', Bandwidth: '1000', Password: 'secret' },
        ],
        identity: ['GetCallerIdentity', {}],
        ram: ['CreateUser', { UserName: 'sample', DisplayName: '样例 "user"', Comments: 'Made by a $program' }],
        template: ['GetServiceLinkedRoleTemplate', service],
        link: ['CreateServiceLinkedRole', service],
        unlink: ['DeleteServiceLinkedRole', { RoleName: 'AliyunServiceRoleForSmartag' }],
        refused: ['ModifySAGAdminPassword', { ...device, SmartAGSn: 'no-such-device', Password: 'secret' }],
      }
    }

    beforeAll(async () => {
      sandbox = await startSandbox()
      await sandbox.device('sagdemo100wm')
      await sandbox.device('sagdemo5000a')
      ids.pair = await instanceOf(sandbox, 'sagdemo1000a')
      ids.wm = await instanceOf(sandbox, 'sagdemo100wm')
      ids.scg = await instanceOf(sandbox, 'sagdemo5000a')
      const apps = await call('DescribeSmartAccessGateways', { RegionId: sandbox.regionId, InstanceType: 'software' })
      ids.app = String(found<{ SmartAGId: string }>(apps, 'SmartAccessGateways', 'SmartAccessGateway')[0]?.SmartAGId)
      base = await mkdtemp(join(tmpdir(), 'opensag-samples-'))
      for (const [name, [action, values]] of Object.entries(calls())) {
        const sample = generateSample(chain.language, callOf(action, values, sandbox.endpoint))
        if (sample === undefined) throw new Error(`No program for ${action}.`)
        samples.set(name, sample)
        await write(join(base, name), sample)
      }
      const folders = [...samples.keys()].map((name) => join(base, name))
      await chain.prepare(base, folders, [...samples.values()])
    }, limit(240_000))

    afterAll(async () => {
      await sandbox?.remove()
      if (base !== undefined) await rm(base, { recursive: true, force: true })
    })

    function call(action: string, params: object): Promise<Answer> {
      return popCore(sandbox).request(action, params, { method: 'POST' })
    }

    /** Of another product; each has its version. */
    async function ofVersion(
      version: string,
      action: string,
      params: Readonly<Record<string, string>>,
    ): Promise<Answer> {
      const { status, body } = await send(
        sandbox.endpoint,
        signedBody(sandbox, action, { ...params, Version: version }),
      )
      if (status !== 200) throw new Error(`${action} was answered ${JSON.stringify(body)}.`)
      return body
    }

    function run(name: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
      const sample = samples.get(name)
      if (sample === undefined) throw new Error(`No program ${name}.`)
      return chain.run(join(base, name), sample, {
        ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.accessKeySecret,
        ...environment,
      })
    }

    /** Runs a program that is to succeed; its answer. */
    async function answer(name: string, secret?: string): Promise<Answer> {
      const { code, output, errors } = await run(name, secret === undefined ? {} : { PARAM_PASSWORD: secret })
      expect({ code, output, errors }).toMatchObject({ code: 0, output: expect.stringContaining('RequestId') })
      return JSON.parse(output) as Readonly<Record<string, unknown>>
    }

    async function newestMail(to: string): Promise<string> {
      return (await sandbox.operator<readonly Mail[]>('outbox', 'list', '--to', to))[0]?.text ?? ''
    }

    async function localConsole(serial: string): Promise<string> {
      return (await sandbox.device(serial)).localConsole ?? ''
    }

    test('ModifySAGAdminPassword: the new password opens the local console, the old one does not', async () => {
      const url = await localConsole('sagdemo100wm')
      expect(await setFirstPassword(url, 'First_password1')).toBe(303)
      await answer('modifysag', 'Set_by_sample_1')
      expect([await logOn(url, 'First_password1'), await logOn(url, 'Set_by_sample_1')]).toEqual([401, 303])
    })

    test('UpdateSmartAccessGatewayAdminPassword: the new password opens the local console', async () => {
      const url = await localConsole('sagdemo5000a')
      expect(await setFirstPassword(url, 'First_password1')).toBe(303)
      await answer('updatesag', 'Set_by_sample_2')
      expect([await logOn(url, 'First_password1'), await logOn(url, 'Set_by_sample_2')]).toEqual([401, 303])
    })

    test('ResetSmartAccessGatewayClientUserPassword: the user is mailed the new password', async () => {
      await answer('reset', 'Sample-Reset-3')
      expect(await newestMail('li.na@example.com')).toContain('Sample-Reset-3')
    })

    test('ModifySmartAccessGateway: an awkward text arrives as it was put in', async () => {
      await answer('modify')
      const attribute = await call('DescribeSmartAccessGatewayAttribute', {
        RegionId: 'cn-shanghai',
        SmartAGId: ids.wm,
      })
      expect(attribute).toMatchObject({
        Position: awkward,
        SecurityLockThreshold: 3600,
        Description: 'Made-by-a-sample',
      })
    })

    test('ModifySmartAccessGateway: a list of objects arrives', async () => {
      await answer('untyped')
      const entries = await call('DescribeSnatEntries', { RegionId: 'cn-shanghai', SmartAGId: ids.pair })
      expect(JSON.stringify(entries)).toContain('10.255.0.77')
    })

    test('DescribeRegions: the regions are told', async () => {
      expect(JSON.stringify(await answer('regions'))).toContain('cn-shanghai')
    })

    test('DescribeSmartAccessGateways: a list of texts arrives', async () => {
      const list = await answer('list')
      const instances = found<{ SmartAGId: string }>(list, 'SmartAccessGateways', 'SmartAccessGateway')
      expect(instances.map(({ SmartAGId }) => SmartAGId).sort()).toEqual([ids.wm, ids.scg].sort())
    })

    test('CreateCloudConnectNetwork: the network is there', async () => {
      const { CcnId } = await answer('ccn')
      const ccns = await call('DescribeCloudConnectNetworks', { RegionId: 'cn-shanghai', CcnId })
      expect(found(ccns, 'CloudConnectNetworks', 'CloudConnectNetwork')).toMatchObject([{ Name: '样例.sample' }])
    })

    test('CreateSmartAccessGatewayClientUser: the user is mailed the password that was given', async () => {
      expect(await answer('user', 'Sample_user-4')).toMatchObject({ UserName: 'sample_user' })
      expect(await newestMail('sample@example.com')).toContain('Sample_user-4')
    })

    test('GetCallerIdentity: another product of the same endpoint answers', async () => {
      expect(await answer('identity')).toMatchObject({ AccountId: sandbox.accountId, IdentityType: 'Account' })
    })

    test('CreateUser: the user is there, with its texts as they were put in', async () => {
      await answer('ram')
      expect(await ofVersion('2015-05-01', 'GetUser', { UserName: 'sample' })).toMatchObject({
        User: { DisplayName: '样例 "user"', Comments: 'Made by a $program' },
      })
    })

    test('the role of a service is made as its template says, and deleted', async () => {
      const { ServiceLinkedRoleTemplate: template } = await answer('template')
      expect(template).toMatchObject({ RoleNamePrefix: 'AliyunServiceRoleForSmartag', MultipleRolesAllowed: false })
      expect(await answer('link')).toMatchObject({
        Role: { RoleName: 'AliyunServiceRoleForSmartag', IsServiceLinkedRole: true },
      })
      expect(await answer('unlink')).toMatchObject({
        DeletionTaskId: expect.stringContaining('task/acs-service-role/'),
      })
    })

    test('a session’s key and token are read from the environment', async () => {
      const session = await ofVersion('2026-12-01', 'CreateConsoleSession', {})
      const { AccessKeyId, AccessKeySecret, SecurityToken } = session['Credentials'] as Readonly<Record<string, string>>
      const { code, output, errors } = await run('identity', {
        ALIBABA_CLOUD_ACCESS_KEY_ID: AccessKeyId ?? '',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: AccessKeySecret ?? '',
        ALIBABA_CLOUD_SECURITY_TOKEN: SecurityToken ?? '',
      })
      expect({ code, output, errors }).toMatchObject({ code: 0, output: expect.stringContaining(sandbox.accountId) })
    })

    test('a refusal is told by its code, ends with 1, and no secret is printed', async () => {
      const { code, output, errors } = await run('refused', { PARAM_PASSWORD: 'Never_in_force1' })
      expect(code).not.toBe(0)
      expect(output + errors).toContain('InstanceNotExit')
      expect(output + errors).not.toContain('Never_in_force1')
      expect(output + errors).not.toContain(sandbox.accessKeySecret)
    })

    test('a variable that is missing is told by its name, before anything is sent', async () => {
      const { code, output, errors } = await run('refused', { PARAM_PASSWORD: '' })
      expect(code).not.toBe(0)
      expect(output + errors).toContain('PARAM_PASSWORD')
    })
  })
}

function found<T>(answer: Readonly<Record<string, unknown>>, list: string, item: string): readonly T[] {
  return (answer[list] as Readonly<Record<string, readonly T[]>> | undefined)?.[item] ?? []
}
