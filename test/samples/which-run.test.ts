import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aliyunCli } from '../../packages/console/src/samples/aliyun-cli.ts'
import { notRun } from '../../packages/console/src/samples/header.ts'
import { generateSample, sampleLanguages } from '../../packages/console/src/samples/languages.ts'
import { callOf } from './calls.ts'
import { shell, write } from './tool-chain.ts'
import * as chains from './tool-chains.ts'

const endpoint = 'http://127.0.0.1:7240'
const create = callOf('CreateCloudConnectNetwork', { RegionId: 'cn-shanghai', Name: 'branches' }, endpoint)

test('a language says that its programs are run exactly where a tool chain here runs them', () => {
  const run = Object.values(chains).flatMap((one) => (typeof one === 'object' ? [one.language.id] : []))
  expect(sampleLanguages.filter(({ isRun }) => isRun).map(({ id }) => id)).toEqual(expect.arrayContaining(run))
  expect(sampleLanguages.filter(({ isRun }) => isRun)).toHaveLength(run.length)
})

test.each(sampleLanguages)('a program of $id says that no test runs it, if none does', (language) => {
  const text = generateSample(language, create)
    ?.files.map((file) => file.text)
    .join('\n')
  expect(text?.includes(notRun.join(''))).toBe(!language.isRun)
})

/** Does what the CLI of 2026-07 was seen to do with a product whose operations are not in its metadata. */
const standIn = `#!/usr/bin/env bash
force=; for word in "$@"; do
  [[ $word != --version ]] || { echo 'ERROR: unchecked version' >&2; exit 1; }
  [[ $word != --force ]] || force=1
done
[[ $force ]] || { echo 'ERROR: not a valid api' >&2; exit 1; }
printf '%s\\n' "$@"
`

test('the command of the aliyun sample is one that the CLI takes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-aliyun-'))
  const sample = generateSample(aliyunCli, create)
  if (sample === undefined) throw new Error('There is no sample.')
  await write(folder, sample)
  await writeFile(join(folder, 'aliyun'), standIn, { mode: 0o755 })
  const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' }
  const path = `${folder}:${process.env['PATH']}`
  const { code, output, errors } = await shell(folder, sample.run, { ...keys, PATH: path })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output.split('\n')).toEqual(
    expect.arrayContaining(['smartag', 'CreateCloudConnectNetwork', '--insecure', '--Name=branches']),
  )
  await rm(folder, { recursive: true })
})

test('the aliyun CLI has no sample of an operation that is OpenSAG’s own', () => {
  expect(generateSample(aliyunCli, callOf('ListFleet', {}, endpoint))).toBeUndefined()
})
