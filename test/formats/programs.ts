import { writeFile } from 'node:fs/promises'
import { cached, must } from '../samples/tool-chain.ts'

/** A folder with Postman's own runner and a validator of OpenAPI documents: a hundred packages that only these tests need. */
export function formatPrograms(): Promise<string> {
  return cached('formats-newman-6.2.2-openapi-2.11.0', async (folder) => {
    await writeFile(`${folder}/package.json`, JSON.stringify({ private: true, type: 'module' }))
    const packages = 'newman@6.2.2 @seriousme/openapi-schema-validator@2.11.0'
    await must(folder, `npm install --silent --no-audit --no-fund --ignore-scripts ${packages}`)
  })
}
