import { expect, test } from 'vitest'
import manifest from '../../packages/cli/package.json' with { type: 'json' }
import { limit, until } from '../support/time.ts'
import { releaseBefore } from '../upgrade/stored-programs.ts'

/** Its programs are kept as they were built. */
export const earlier = releaseBefore

/** A way to install OpenSAG, on a machine of its own: what its user does there. */
export interface Way {
  /** Installs the release before, or over it what this checkout is. */
  install(which: 'earlier' | 'this'): Promise<unknown>
  remove(): Promise<unknown>
  /** Starts the server as this way does, and resolves when it answers. */
  startServer(): Promise<unknown>
  startAgent(): Promise<unknown>
  stopServer(): Promise<unknown>
  stopAgent(): Promise<unknown>
  /** Gives the agent the key it enrols with. */
  configureAgent(serial: string, enrolmentKey: string): Promise<unknown>
  /** Runs the command that was installed, on the data of the server. */
  opensag(args: readonly string[], input?: string): Promise<string>
  /** Whether the command is there. */
  isInstalled(): Promise<boolean>
  /** Whether settings and data are there. */
  hasData(): Promise<boolean>
  /** Posts to a path of the server, or of the local console of the gateway. @returns the status */
  post(to: 'server' | 'console', path: string, body: PostBody): Promise<number>
}

/** What is posted. */
export type PostBody = { readonly json: object } | { readonly form: Readonly<Record<string, string>> }

/** What `curl` is told so that it posts this and prints the status. */
export function curlArgs(origin: string, path: string, body: PostBody): readonly string[] {
  const sent =
    'json' in body
      ? ['-H', 'Content-Type: application/json', '--data', JSON.stringify(body.json)]
      : Object.entries(body.form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`])
  return ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H', `Origin: ${origin}`, ...sent, `${origin}${path}`]
}

/** The gateway of every way. */
export const waySerial = 'sagway00001'
const passwords = { gateway: ['First_pass1', 'Second_pass2'], user: ['First_pass1', 'Second_pass2'] } as const

/** What is installed first, and what over it: how a title names it, and which version its command says it is. */
export interface Versions {
  readonly from: { readonly title: string; readonly version: string }
  readonly to: { readonly title: string; readonly version: string }
}

/** From the release before to this checkout. */
export const fromRelease: Versions = {
  from: { title: earlier, version: earlier },
  to: { title: 'this version', version: manifest.version },
}

/** The rows of the table "ways to install", each a test; a row goes on where the one before ended. */
export function matrixOf(way: Way, { from, to }: Versions = fromRelease) {
  let gateway: readonly string[] = []
  let app = ''

  const call = async (action: string, parameters: readonly string[], input?: string): Promise<Answer> =>
    JSON.parse(await way.opensag(['call', action, 'RegionId=cn-shanghai', ...parameters], input)) as Answer
  const logOn = (password: string): Promise<number> =>
    way.post('console', '/login', { form: { username: 'admin', password } })
  const enter = (password: string): Promise<number> =>
    way.post('server', '/app/logon', { json: { instanceId: app, userName: 'anna-test', password } })
  const comesOnline = (): Promise<unknown> =>
    until('the gateway is online', async () => {
      const devices = JSON.parse(await way.opensag(['operator', 'device', 'list', '--json'])) as readonly Device[]
      return devices.some((device) => device.serial === waySerial && device.online)
    })

  async function changePassword(to: string): Promise<void> {
    await call('ModifySAGAdminPassword', [...gateway, 'Password=@-'], `${to}\n`)
    expect(await logOn(to)).toBe(303)
  }

  function firstStart(): void {
    test(
      `first start of ${from.title}: the server answers calls signed with the key pair that it made`,
      async () => {
        await way.install('earlier')
        expect(await way.opensag(['--version'])).toBe(`${from.version}\n`)
        await way.startServer()
        expect(JSON.stringify(await call('DescribeRegions', []))).toContain('cn-shanghai')
      },
      limit(120_000),
    )
  }

  function mainJobs(): void {
    test(
      'main job: ModifySAGAdminPassword changes the password of a gateway that has enrolled',
      async () => {
        const wanted = [
          '--name',
          'branch',
          '--model',
          'sag-1000',
          '--cidr',
          '10.0.0.0/24',
          '--serial',
          waySerial,
          '--json',
        ]
        const added = JSON.parse(await way.opensag(['operator', 'gateway', 'add', ...wanted])) as Added
        gateway = [`SmartAGId=${added.instanceId}`, `SmartAGSn=${waySerial}`]
        await way.configureAgent(waySerial, added.enrolmentKey)
        await way.startAgent()
        await comesOnline()
        await changePassword(passwords.gateway[0])
        expect(await logOn(passwords.gateway[1])).toBe(401)
      },
      limit(120_000),
    )

    test(
      'main job: ResetSmartAccessGatewayClientUserPassword changes that of a remote user',
      async () => {
        const bought = ['ChargeType=PREPAY', 'Period=1', 'AutoPay=true', 'UserCount=5', 'DataPlan=5']
        app = (await call('CreateSmartAccessGatewaySoftware', bought)).SmartAGId ?? ''
        const { CcnId } = await call('CreateCloudConnectNetwork', ['CidrBlock=10.0.0.0/8'])
        const user = [`SmartAGId=${app}`, 'UserName=anna-test']
        await call('ModifySmartAccessGateway', [`SmartAGId=${app}`, 'CidrBlock=10.9.9.0/24'])
        await call('BindSmartAccessGateway', [`SmartAGId=${app}`, `CcnId=${CcnId}`])
        const more = ['UserMail=anna@example.com', 'Bandwidth=2000', 'Password=@-']
        await call('CreateSmartAccessGatewayClientUser', [...user, ...more], `${passwords.user[0]}\n`)
        expect(await enter(passwords.user[0])).toBe(200)
        await call('ResetSmartAccessGatewayClientUserPassword', [...user, 'Password=@-'], `${passwords.user[1]}\n`)
        expect([await enter(passwords.user[0]), await enter(passwords.user[1])]).toEqual([401, 200])
      },
      limit(120_000),
    )
  }

  function upgrade(): void {
    test(
      `upgrade from ${from.title} to ${to.title}: key pair, gateway and both passwords stay, and another change is done`,
      async () => {
        await way.stopAgent()
        await way.stopServer()
        await way.install('this')
        expect(await way.opensag(['--version'])).toBe(`${to.version}\n`)
        await way.startServer()
        await way.startAgent()
        await comesOnline()
        expect([await logOn(passwords.gateway[0]), await enter(passwords.user[0])]).toEqual([303, 401])
        // Who knows the password is let in, or told that the session of before is still there.
        expect([200, 409]).toContain(await enter(passwords.user[1]))
        await changePassword(passwords.gateway[1])
        expect(await logOn(passwords.gateway[0])).toBe(401)
      },
      limit(120_000),
    )
  }

  function removal(): void {
    test('removal: the command is gone; settings, keys and data stay', async () => {
      await way.stopAgent()
      await way.stopServer()
      await way.remove()
      expect(await way.isInstalled()).toBe(false)
      expect(await way.hasData()).toBe(true)
    })
  }

  return { firstStart, mainJobs, upgrade, removal }
}

interface Answer {
  readonly SmartAGId?: string
  readonly CcnId?: string
}

interface Added {
  readonly instanceId: string
  readonly enrolmentKey: string
}

interface Device {
  readonly serial: string
  readonly online: boolean
}
