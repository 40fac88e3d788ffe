import { rolldown } from 'rolldown'

/**
 * Makes one file of a program in TypeScript and of all that it imports, for where it cannot be run as it is.
 *
 * @param {string} input
 * @param {string} file What finds the checkout by its own place finds it from two folders below.
 */
export async function bundleProgram(input, file) {
  const resolve = { conditionNames: ['opensag-source', 'node'] }
  const bundler = await rolldown({ input, platform: 'node', resolve, logLevel: 'silent' })
  await bundler.write({ file, format: 'esm', codeSplitting: false })
  await bundler.close()
}
