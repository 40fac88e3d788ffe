// What the packages inside a bundle ask for in return: their names and licences go with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Folders of the packages of others that these files come from, in the order of their names. */
export function packagesOf(files) {
  const modules = `${sep}node_modules${sep}`
  const folders = new Set()
  for (const file of files) {
    const at = file.lastIndexOf(modules)
    // What the bundler adds itself has no file.
    if (at < 0 || file.startsWith('\0')) continue
    const [first, second] = file.slice(at + modules.length).split(sep)
    folders.add(file.slice(0, at + modules.length) + (first.startsWith('@') ? `${first}${sep}${second}` : first))
  }
  return [...folders].map(described).sort((a, b) => (a.title < b.title ? -1 : 1))
}

function described(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return { title: `${name} ${version}`, name, version, license, author: author?.name ?? author, texts }
}

export function noticesOf(packages) {
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  const parts = packages.map(({ title, license, author, texts }) => {
    const said = texts.length > 0 ? texts.join('\n\n') : withoutText(title, license, author)
    return `${title} (${license})\n\n${said}`
  })
  return `OpenSAG contains the following packages, under these licences.${rule}${parts.join(rule)}\n`
}

/** Some publish no file with their licence, only its name. */
function withoutText(title, license, author) {
  if (license !== 'MIT') throw new Error(`${title} has no text of its licence (${license}).`)
  return `Copyright (c) ${author ?? `the authors of ${title}`}\n\n${mit}`
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
