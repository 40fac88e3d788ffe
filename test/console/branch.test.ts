import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFileVault, createMemoryDisk, type Gateway, startGateway } from '../../packages/agent/src/index.ts'
import { Secret } from '../../packages/protocol/src/index.ts'
import { type Credentials, operatorOf } from '../support/sandbox.ts'
import { type ServerProgram, startServerProgram } from '../support/server.ts'
import { send, signedBody } from '../support/signed-request.ts'
import {
  accessibilityFlaws,
  chromiumPath,
  expectGoodConduct,
  type Key,
  lack,
  launch,
  logOnWithKey,
  openConsole,
} from './browser.ts'

describe.skipIf(chromiumPath === undefined)(`a branch is added in the console of an empty server${lack}`, () => {
  let data: string
  let server: ServerProgram
  let key: Credentials
  let browser: Browser
  const gateways: Gateway[] = []

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'opensag-branch-'))
    server = await startServerProgram(data)
    key = await server.credentials()
    browser = await launch()
  })
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()))
    await browser?.close()
    await server?.running.stop()
    await rm(data, { recursive: true, force: true })
  })

  async function call(action: string, params: Readonly<Record<string, string>>, version = '2018-03-13') {
    const { status, body } = await send(server.endpoint, signedBody(key, action, params, version))
    expect({ action, status, body }).toMatchObject({ status: 200 })
    return body
  }

  async function names(): Promise<readonly unknown[]> {
    const { Instances } = await call('ListFleet', {}, '2026-12-01')
    return (Instances as readonly { readonly Name?: string }[]).map(({ Name }) => Name)
  }

  /** What the printed command does on a box, by the same parts. */
  async function runCommand(command: string, typed?: string): Promise<void> {
    const word = (name: string): string => new RegExp(`--${name} (\\S+)`).exec(command)?.[1] ?? ''
    const disk = createMemoryDisk()
    gateways.push(
      await startGateway({
        ...{ serial: word('serial'), model: word('model'), version: '2.3.1.1', disk, vault: createFileVault({ disk }) },
        serverUrl: `${word('server')}/channel`,
        enrolmentKey: Secret.of(typed ?? /<<'KEY'\n(\w+)\nKEY$/.exec(command)?.[1] ?? ''),
        logger: pino({ level: 'silent' }),
      }),
    )
  }

  const command = (page: Page): Promise<string> =>
    page.getByRole('region', { name: 'command', exact: true }).innerText()
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const kept = (page: Page): Promise<string> =>
    page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href, history.state]))

  async function expectFit(page: Page): Promise<void> {
    expect(await accessibilityFlaws(page)).toEqual([])
    const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const)
    expect(wide).toBeLessThanOrEqual(shown)
  }

  test('from nothing to online: form, command, box; the key is in no address and no storage', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.endpoint)
    let clicks = 0
    const click = async (name: string): Promise<void> => {
      clicks += 1
      await page.getByRole(name === 'vCPE' ? 'radio' : 'button', { name, exact: name !== 'vCPE' }).click()
    }
    await logOnWithKey(page, key)
    const began = Date.now()
    await page.getByText('No branch yet').waitFor()
    clicks += 1
    await page.getByRole('link', { name: 'Add a branch' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Lisbon-Baixa')
    await page.getByRole('textbox', { name: 'Place' }).fill('Lisbon')
    await click('vCPE')
    await expectFit(page)
    await click('Continue: network and addresses')
    await page.getByRole('toolbar', { name: 'Addresses in 10.0.0.0/16' }).waitFor()
    await expectFit(page)
    await click('Add the branch')
    await page.getByText('Waiting for the box').waitFor()
    const toCommand = Date.now() - began
    await page.getByRole('img', { name: 'QR code of the command' }).waitFor()
    await expectFit(page)
    const text = await command(page)
    const secret = /<<'KEY'\n(\w+)\nKEY$/.exec(text)?.[1] ?? 'no key'
    expect(text).toContain(secret)
    expect(await kept(page)).not.toContain(secret)
    const address = page.url()
    expect(address).toMatch(/#\/branch\/cn-shanghai\/sag-\w+$/)

    // Who comes back is told where it stands, and asks for the key.
    await page.reload()
    await logOnWithKey(page, key)
    expect(page.url()).toBe(address)
    await button(page, 'Show the command with its key').waitFor()
    expect(await page.locator('body').innerText()).not.toContain(secret)
    await button(page, 'Show the command with its key').click()
    expect(await command(page)).toBe(text)

    await runCommand(text)
    await page.getByText('The branch is online.').waitFor()
    expect(await page.getByRole('region', { name: 'Live' }).locator('time').count()).toBe(4)
    expect(await page.locator('body').innerText()).not.toContain(secret)
    await expectFit(page)
    console.log(`Add a branch: ${clicks} clicks, ${toCommand / 1000} s from the empty fleet to the command`)
    expect(clicks).toBeLessThanOrEqual(4)
    await page.getByRole('link', { name: 'Open the gateway' }).click()
    await page.getByRole('heading', { name: 'Lisbon-Baixa' }).waitFor()
    await page.getByText('Lisbon', { exact: true }).waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('on a telephone: a box that nobody has added waits for the operator, and goes on from there', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.endpoint, {
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' },
    })
    await logOnWithKey(page, key)
    await page.getByRole('link', { name: 'Add a branch' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Porto')
    await page.getByRole('textbox', { name: 'Serial number' }).fill('sagporto01')
    await expectFit(page)
    await button(page, 'Continue: network and addresses').click()
    await page.getByRole('radio', { name: 'branches' }).waitFor()
    // The network that is there, and the next block in it.
    expect(await page.getByRole('radio', { name: 'branches' }).isChecked()).toBe(true)
    const own = page.getByRole('button', { name: '10.0.1.0/24: This branch' })
    await own.waitFor()
    const block = page.getByRole('textbox', { name: 'Addresses of the branch' })
    await block.fill('10.0.0.128/25')
    await page.getByRole('link', { name: 'Lisbon-Baixa' }).waitFor()
    await button(page, 'Use 10.0.1.0/24').click()
    await own.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await block.inputValue()).toBe('10.0.2.0/24')
    await expectFit(page)
    await button(page, 'Add the branch').click()
    await page.getByText('The server does not know this box yet.').waitFor()
    await expectFit(page)
    const typed = await page.getByRole('region', { name: 'command for the operator' }).innerText()
    expect(typed).toBe('opensag operator device add --serial sagporto01 --model sag-1000')

    await page.reload()
    await logOnWithKey(page, key)
    await page.getByText('Order the instance').waitFor()
    const added = await operatorOf(data).operator<{ readonly enrolmentKey: string }>(...typed.split(' ').slice(2))
    await button(page, 'Add the branch').click()
    await page.getByText('Waiting for the box').waitFor()
    expect((await names()).filter((name) => name === 'Porto')).toHaveLength(1)
    const text = await command(page)
    expect(text).toMatch(/--serial sagporto01 .*--enrolment-key-file -$/)
    await expectFit(page)
    await runCommand(text, added.enrolmentKey)
    await page.getByText('The branch is online.').waitFor()
    expectGoodConduct(trespasses)
    await close()
  })

  test('an answer that is lost is looked up: nothing is ordered twice', async () => {
    const { page, close } = await openConsole(browser, server.endpoint)
    await logOnWithKey(page, key)
    // The server gets it and answers; the page does not hear of that.
    await page.evaluate(() => {
      const real = globalThis.fetch
      let lost = 0
      globalThis.fetch = async (...request) => {
        const answer = await real(...request)
        if (new Headers(request[1]?.headers).get('x-acs-action') !== 'CreateSmartAccessGateway') return answer
        lost += 1
        if (lost === 1) throw new TypeError('Failed to fetch')
        return answer
      }
    })
    await page.getByRole('link', { name: 'Add a branch' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Faro')
    await page.getByRole('radio', { name: 'vCPE' }).click()
    await button(page, 'Continue: network and addresses').click()
    await page.getByRole('button', { name: /: This branch$/ }).waitFor()
    await button(page, 'Add the branch').click()
    await page.getByText('The answer was lost.').waitFor()
    expect((await names()).filter((name) => name === 'Faro')).toHaveLength(1)
    await button(page, 'Go on from here').click()
    await page.getByText('Waiting for the box').waitFor()
    expect((await names()).filter((name) => name === 'Faro')).toHaveLength(1)
    await close()
  })

  test('the map has those with a place, by how they are, and lists those without', async () => {
    const { page, trespasses, close } = await openConsole(browser, server.endpoint)
    await logOnWithKey(page, key)
    await page.getByRole('button', { name: 'Map', exact: true }).click()
    await page.getByRole('img', { name: 'Map of Europe. Gateways: 1, in trouble: 0' }).waitFor()
    const mark = page.getByRole('button', { name: 'Lisbon: 1, all well' })
    await mark.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'In this place' }).getByRole('link', { name: 'Lisbon-Baixa' }).waitFor()
    await page.getByRole('region', { name: 'Without a place' }).getByRole('link', { name: 'Porto' }).waitFor()
    expect(page.url()).toMatch(/view=map/)
    await expectFit(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectFit(page)
    expectGoodConduct(trespasses)
    await close()
  })

  test('an account that may only look is told what is missing, and keeps its answers', async () => {
    const ram = '2015-05-01'
    await call('CreateUser', { UserName: 'looks' }, ram)
    const policy = { PolicyName: 'AliyunSmartAccessGatewayReadOnlyAccess', PolicyType: 'System' }
    await call('AttachPolicyToUser', { UserName: 'looks', ...policy }, ram)
    const { AccessKey } = await call('CreateAccessKey', { UserName: 'looks' }, ram)
    const { AccessKeyId, AccessKeySecret } = AccessKey as { AccessKeyId: string; AccessKeySecret: string }
    const looks: Key = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret }
    const before = await names()
    const { page, trespasses, close } = await openConsole(browser, server.endpoint)
    await logOnWithKey(page, looks)
    // Not offered: it is led there by an address.
    await page.evaluate(() => {
      location.hash = '#/branch'
    })
    await page.getByRole('textbox', { name: 'Name' }).fill('Braga')
    await page.getByRole('radio', { name: 'vCPE' }).click()
    await button(page, 'Continue: network and addresses').click()
    await page.getByRole('button', { name: /: This branch$/ }).waitFor()
    await button(page, 'Add the branch').click()
    await page.getByRole('alert').getByText('smartag:CreateSmartAccessGateway').waitFor()
    await expectFit(page)
    expect(await names()).toEqual(before)
    await button(page, 'Change the box').click()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Braga')
    expectGoodConduct(trespasses)
    await close()
  })
})
